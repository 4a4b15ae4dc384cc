(** When the Hessian at a copy-average point is positive definite, and when it has
    a negative direction. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel SecondDerivative CopyAverage
  CopyAverageHessian Arcsine.
Open Scope R_scope.

(** A = z^2/delta and B = z^2/|delta_own| in closed form, with R = sqrt(4x^2 - 1). *)
Definition A (x : R) : R := root x * (root x + 2 * x).
Definition B (x : R) : R :=
  root x * root x * root x * (root x + 2 * x) / (1 + 2 * x * root x).

Section Size.

Variable x : R.
Hypothesis Hx : 1 <= x.

Lemma root_below : root x < 2 * x.
Proof.
  pose proof (root_square x Hx). pose proof (root_positive x Hx). unfold Rsqr in *. nra.
Qed.

Lemma delta_closed : delta x = x * (2 * x - 1) / (2 * (root x * (root x + 2 * x))).
Proof.
  pose proof (root_square x Hx) as Hr. pose proof (root_positive x Hx) as Hp.
  unfold delta, e. change (z x)² with (z x * z x). rewrite (z_square x Hx).
  set (r := root x) in *.
  assert (E : (2 * x - r) * (r + 2 * x) = 1) by (unfold Rsqr in *; lra).
  replace (x² * (2 * x - 1) / r - x * (2 * x - 1) / 2)
    with (x * (2 * x - 1) / (2 * r) * (2 * x - r)) by (unfold Rsqr; field; lra).
  replace (2 * x - r) with (1 / (r + 2 * x)).
  - field. split; lra.
  - rewrite <- E. field. lra.
Qed.

Lemma delta_positive : 0 < delta x.
Proof.
  rewrite delta_closed. pose proof (root_positive x Hx).
  apply Rdiv_lt_0_compat; [nra|]. apply Rmult_lt_0_compat; [lra|]. nra.
Qed.

Lemma A_positive : 0 < A x.
Proof. unfold A. pose proof (root_positive x Hx). nra. Qed.

(** delta = z^2 / A. *)
Lemma delta_A : A x * delta x = z x * z x.
Proof.
  rewrite delta_closed, (z_square x Hx). pose proof (root_positive x Hx).
  unfold A. field. split; lra.
Qed.

Lemma B_positive : 0 < B x.
Proof.
  unfold B. pose proof (root_positive x Hx).
  apply Rdiv_lt_0_compat; [|nra].
  repeat apply Rmult_lt_0_compat; lra.
Qed.

(** delta_own = - z^2 / B. *)
Lemma delta_own_B : B x * delta_own x = - (z x * z x).
Proof.
  unfold delta_own. rewrite delta_closed, (z_square x Hx). unfold B, gap.
  pose proof (root_positive x Hx) as Hp. pose proof (root_square x Hx) as Hr.
  set (r := root x) in *. rewrite <- Hr.
  assert (0 < 1 + 2 * x * r) by nra.
  apply Rmult_eq_reg_r with (2 * (1 + 2 * x * r) / (x * (2 * x - 1))).
  2:{ apply Rgt_not_eq. apply Rdiv_lt_0_compat; nra. }
  replace (r * r * r * (r + 2 * x) / (1 + 2 * x * r) *
     (x * (2 * x - 1) / (2 * (r * (r + 2 * x))) - x² * (2 * x - 1) / (r * (r * r))) *
     (2 * (1 + 2 * x * r) / (x * (2 * x - 1))))
    with (r * r - 2 * x * r - 4 * x²) by (unfold Rsqr; field; repeat split; lra).
  rewrite Hr. unfold Rsqr. field. lra.
Qed.

Lemma delta_own_negative : delta_own x < 0.
Proof.
  pose proof delta_own_B. pose proof B_positive. pose proof (z_positive x Hx). nra.
Qed.

Lemma B_below_A : B x < A x.
Proof.
  pose proof (root_positive x Hx) as Hp. pose proof root_below as Hb.
  unfold A, B. set (r := root x) in *.
  assert (0 < 1 + 2 * x * r) by nra.
  apply Rlt_div_l; [lra|].
  apply Rlt_le_trans with (r * (r + 2 * x) * (r * r + 1)); [|].
  - assert (0 < r * (r + 2 * x)) by nra. nra.
  - assert (0 < r * (r + 2 * x)) by nra. apply Rmult_le_compat_l; nra.
Qed.

End Size.

Lemma A_increasing : forall x y, 1 <= x -> x <= y -> A x <= A y.
Proof.
  intros x y Hx Hxy. unfold A.
  assert (H : root x <= root y) by (apply sqrt_le_1_alt; unfold Rsqr; nra).
  pose proof (root_positive x Hx). apply Rmult_le_compat; lra.
Qed.

(** A(1) = 3 + 2 sqrt 3, the cost of a copy. *)
Lemma A_of_a_copy : A 1 = 3 + 2 * sqrt 3.
Proof.
  unfold A, root. replace (4 * 1² - 1) with 3 by (unfold Rsqr; ring).
  assert (E : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra). lra.
Qed.

(** ** Sums without one index *)

Definition pick (n i : nat) (f : nat -> R) : R :=
  sum n (fun j => if Nat.eqb j i then 0 else f j).

Lemma pick_out : forall n i f, (i < n)%nat -> sum n f = f i + pick n i f.
Proof. intros. apply (sum_pick n i f). assumption. Qed.

Lemma pick_nonneg : forall n i f, (forall j, (j < n)%nat -> j <> i -> 0 <= f j) ->
  0 <= pick n i f.
Proof.
  intros n i f H. apply sum_nonneg. intros j Hj.
  destruct (Nat.eqb_spec j i); [lra | apply H; assumption].
Qed.

Lemma pick_zero_terms : forall n i f,
  (forall j, (j < n)%nat -> j <> i -> 0 <= f j) -> pick n i f = 0 ->
  forall j, (j < n)%nat -> j <> i -> f j = 0.
Proof.
  intros n i f H E j Hj Hne.
  pose proof (sum_nonneg_zero n (fun j => if Nat.eqb j i then 0 else f j)) as Hz.
  assert (H0 : (if Nat.eqb j i then 0 else f j) = 0).
  { apply Hz; [|exact E | exact Hj]. intros m Hm.
    destruct (Nat.eqb_spec m i); [lra | apply H; assumption]. }
  destruct (Nat.eqb_spec j i); [contradiction | exact H0].
Qed.

Section Blocks.

Variables (n : nat) (l : nat -> R).
Hypothesis Hl : forall i, (i < n)%nat -> 1 <= l i.

(** The sum of A over the other buckets. *)
Definition shares (p : nat) : R := pick n p (fun j => A (l j)).

Let Y (p : nat) (x : nat -> R) : R := pick n p (fun j => z (l j) * x j).
Let P (p : nat) (x : nat -> R) : R := pick n p (fun j => delta (l j) * (x j)²).

Lemma delta_term : forall x j, (j < n)%nat -> 0 <= delta (l j) * (x j)².
Proof.
  intros x j Hj. pose proof (delta_positive (l j) (Hl j Hj)).
  pose proof (Rle_0_sqr (x j)). nra.
Qed.

Lemma delta_term_zero : forall x j, (j < n)%nat -> delta (l j) * (x j)² = 0 -> x j = 0.
Proof.
  intros x j Hj E. pose proof (delta_positive (l j) (Hl j Hj)).
  apply Rmult_integral in E. destruct E as [E|E]; [lra | apply Rsqr_0_uniq, E].
Qed.

Lemma P_nonneg : forall p x, 0 <= P p x.
Proof. intros. apply pick_nonneg. intros. apply delta_term. assumption. Qed.

Lemma shares_nonneg : forall p, 0 <= shares p.
Proof.
  intros. apply pick_nonneg. intros j Hj _. apply Rlt_le, A_positive, Hl, Hj.
Qed.

(** Cauchy's inequality with the weights delta. *)
Lemma weighted_cauchy : forall p x, (Y p x)² <= shares p * P p x.
Proof.
  intros p x.
  pose proof (sum_cauchy n
    (fun j => if Nat.eqb j p then 0 else z (l j) / sqrt (delta (l j)))
    (fun j => if Nat.eqb j p then 0 else sqrt (delta (l j)) * x j)) as H.
  unfold Y, shares, P, pick.
  rewrite (sum_ext n (fun j => if Nat.eqb j p then 0 else z (l j) * x j)
    (fun i => (if Nat.eqb i p then 0 else z (l i) / sqrt (delta (l i)))
              * (if Nat.eqb i p then 0 else sqrt (delta (l i)) * x i))).
  - rewrite (sum_ext n (fun j => if Nat.eqb j p then 0 else A (l j))
      (fun i => (if Nat.eqb i p then 0 else z (l i) / sqrt (delta (l i)))²)).
    + rewrite (sum_ext n (fun j => if Nat.eqb j p then 0 else delta (l j) * (x j)²)
        (fun i => (if Nat.eqb i p then 0 else sqrt (delta (l i)) * x i)²)); [exact H|].
      intros j Hj. destruct (Nat.eqb j p); [unfold Rsqr; ring|].
      rewrite Rsqr_mult, Rsqr_sqrt; [reflexivity|].
      apply Rlt_le, delta_positive, Hl, Hj.
    + intros j Hj. destruct (Nat.eqb j p); [unfold Rsqr; ring|].
      pose proof (delta_positive (l j) (Hl j Hj)) as Hd.
      pose proof (sqrt_lt_R0 _ Hd).
      rewrite Rsqr_div, Rsqr_sqrt by lra.
      change (z (l j))² with (z (l j) * z (l j)).
      rewrite <- (delta_A (l j) (Hl j Hj)). field. lra.
  - intros j Hj. destruct (Nat.eqb j p); [ring|].
    pose proof (sqrt_lt_R0 _ (delta_positive (l j) (Hl j Hj))). field. lra.
Qed.

Lemma shared_split : forall p x, (p < n)%nat ->
  shared_block n l x = (z (l p) * x p + Y p x)² + (delta (l p) * (x p)² + P p x).
Proof.
  intros p x Hp. unfold shared_block, Y, P.
  rewrite (pick_out n p (fun i => z (l i) * x i) Hp).
  rewrite (pick_out n p (fun i => delta (l i) * (x i)²) Hp). reflexivity.
Qed.

(** *** An extra dimension *)

Lemma shared_nonneg : forall x, 0 <= shared_block n l x.
Proof.
  intros x. unfold shared_block.
  pose proof (Rle_0_sqr (sum n (fun i => z (l i) * x i))).
  assert (0 <= sum n (fun i => delta (l i) * (x i)²))
    by (apply sum_nonneg; intros; apply delta_term; assumption).
  lra.
Qed.

Lemma shared_zero : forall x, shared_block n l x = 0 ->
  forall i, (i < n)%nat -> x i = 0.
Proof.
  intros x E i Hi. unfold shared_block in E.
  pose proof (Rle_0_sqr (sum n (fun i => z (l i) * x i))).
  assert (0 <= sum n (fun i => delta (l i) * (x i)²))
    by (apply sum_nonneg; intros; apply delta_term; assumption).
  apply (delta_term_zero x i Hi).
  apply (sum_nonneg_zero n (fun i => delta (l i) * (x i)²)); [| lra | exact Hi].
  intros; apply delta_term; assumption.
Qed.

(** *** Directions with zero sum over bucket p *)

Lemma zero_sum_split : forall p x, (p < n)%nat ->
  zero_sum_block n l p x
  = (z (l p) * x p + Y p x)² + P p x + delta_own (l p) * (x p)².
Proof.
  intros p x Hp. unfold zero_sum_block, delta_own. rewrite (shared_split p x Hp). ring.
Qed.

(** For Y^2 <= S P: (u - Y)^2 <= (1 + S)(u^2 + P). *)
Lemma square_of_difference : forall u y S' P', 0 <= S' -> 0 <= P' -> y² <= S' * P' ->
  (u - y)² <= (1 + S') * (u² + P').
Proof.
  intros u y S' P' HS HP H.
  assert (Hk : 0 <= P' + S' * u² + 2 * u * y).
  { destruct (Req_dec P' 0) as [->|HP0].
    - assert (Hy : y² = 0) by (pose proof (Rle_0_sqr y); nra).
      apply Rsqr_0_uniq in Hy. subst y. pose proof (Rle_0_sqr u). nra.
    - assert (HPP : 0 < P') by lra.
      apply Rmult_le_reg_l with P'; [exact HPP|]. rewrite Rmult_0_r.
      pose proof (Rle_0_sqr (P' + u * y)). pose proof (Rle_0_sqr u).
      unfold Rsqr in *. nra. }
  unfold Rsqr in *. nra.
Qed.

Section ZeroSum.

Variable p : nat.
Hypothesis Hp : (p < n)%nat.

Lemma zero_sum_positive : 1 + shares p < B (l p) -> forall x,
  0 <= zero_sum_block n l p x /\
  (zero_sum_block n l p x = 0 -> forall i, (i < n)%nat -> x i = 0).
Proof.
  intros HB x. pose proof (Hl p Hp) as H1.
  pose proof (shares_nonneg p) as HS. pose proof (P_nonneg p x) as HP.
  pose proof (weighted_cauchy p x) as HC.
  pose proof (B_positive (l p) H1) as HBp. pose proof (delta_own_B (l p) H1) as Hd.
  pose proof (z_positive (l p) H1) as Hz.
  rewrite (zero_sum_split p x Hp).
  set (u := z (l p) * x p + Y p x).
  pose proof (square_of_difference u (Y p x) _ _ HS HP HC) as Hq.
  replace (u - Y p x) with (z (l p) * x p) in Hq by (unfold u; ring).
  assert (Ed : delta_own (l p) = - (z (l p) * z (l p)) / B (l p))
    by (rewrite <- Hd; field; lra).
  assert (Hu : 0 <= u² + P p x) by (pose proof (Rle_0_sqr u); lra).
  (* B times the form is at least (B - 1 - S)(u^2 + P) *)
  assert (Hform : (B (l p) - (1 + shares p)) * (u² + P p x)
                  <= B (l p) * (u² + P p x + delta_own (l p) * (x p)²)).
  { replace (B (l p) * (u² + P p x + delta_own (l p) * (x p)²))
      with (B (l p) * (u² + P p x) + B (l p) * delta_own (l p) * (x p)²) by ring.
    rewrite Hd. rewrite Rsqr_mult in Hq. unfold Rsqr at 1 in Hq. lra. }
  assert (Hpos : 0 <= (B (l p) - (1 + shares p)) * (u² + P p x)) by nra.
  split.
  - apply Rmult_le_reg_l with (B (l p)); lra.
  - intros E. rewrite E, Rmult_0_r in Hform.
    assert (Ez : u² + P p x = 0) by nra.
    assert (EP : P p x = 0) by (pose proof (Rle_0_sqr u); lra).
    assert (Ho : forall j, (j < n)%nat -> j <> p -> x j = 0).
    { intros j Hj Hne. apply (delta_term_zero x j Hj).
      apply (pick_zero_terms n p (fun j => delta (l j) * (x j)²)); auto.
      intros; apply delta_term; assumption. }
    intros i Hi. destruct (Nat.eq_dec i p) as [->|Hne]; [|apply Ho; assumption].
    rewrite Ez, Rmult_0_r in Hq.
    assert (E0 : (z (l p) * x p)² = 0) by (pose proof (Rle_0_sqr (z (l p) * x p)); lra).
    apply Rsqr_0_uniq, Rmult_integral in E0. destruct E0; lra.
Qed.

Lemma zero_sum_negative : B (l p) < 1 + shares p ->
  exists x, zero_sum_block n l p x < 0.
Proof.
  intros HB. pose proof (Hl p Hp) as H1.
  pose proof (shares_nonneg p) as HS.
  pose proof (B_positive (l p) H1) as HBp. pose proof (delta_own_B (l p) H1) as Hd.
  pose proof (z_positive (l p) H1) as Hz.
  set (u := z (l p) / (1 + shares p)).
  exists (fun i => if Nat.eqb i p then 1 else - (z (l i) / delta (l i)) * u).
  rewrite (zero_sum_split p _ Hp).
  assert (EY : Y p (fun i => if Nat.eqb i p then 1 else - (z (l i) / delta (l i)) * u)
               = - shares p * u).
  { unfold Y, shares, pick. replace (- sum n (fun j => if Nat.eqb j p then 0 else A (l j)) * u)
      with (- u * sum n (fun j => if Nat.eqb j p then 0 else A (l j))) by ring.
    rewrite <- sum_scal. apply sum_ext. intros j Hj.
    destruct (Nat.eqb j p); [ring|]. pose proof (delta_positive (l j) (Hl j Hj)).
    replace (z (l j) * (- (z (l j) / delta (l j)) * u))
      with (- u * (z (l j) * z (l j)) / delta (l j)) by (field; lra).
    rewrite <- (delta_A (l j) (Hl j Hj)). field. lra. }
  assert (EP : P p (fun i => if Nat.eqb i p then 1 else - (z (l i) / delta (l i)) * u)
               = shares p * u²).
  { unfold P, shares, pick. rewrite <- sum_scal_r. apply sum_ext. intros j Hj.
    destruct (Nat.eqb j p); [ring|]. pose proof (delta_positive (l j) (Hl j Hj)).
    replace (delta (l j) * (- (z (l j) / delta (l j)) * u)²)
      with (u² * (z (l j) * z (l j)) / delta (l j)) by (unfold Rsqr; field; lra).
    rewrite <- (delta_A (l j) (Hl j Hj)). field. lra. }
  rewrite EY, EP. cbv beta. rewrite Nat.eqb_refl.
  assert (Ed : delta_own (l p) = - (z (l p) * z (l p)) / B (l p))
    by (rewrite <- Hd; field; lra).
  rewrite Ed.
  replace ((z (l p) * 1 + - shares p * u)² + shares p * u²
           + - (z (l p) * z (l p)) / B (l p) * 1²)
    with (z (l p) * z (l p) * (/ (1 + shares p) - / B (l p)))
    by (unfold u, Rsqr; field; lra).
  assert (/ (1 + shares p) < / B (l p)) by (apply Rinv_lt_contravar; nra).
  assert (0 < z (l p) * z (l p)) by nra. nra.
Qed.

End ZeroSum.

End Blocks.
