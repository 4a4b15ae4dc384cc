(** Other activations: additivity and concavity from the Hermite series, and the
    scaled erf.

    If the averaging neuron a sigma(r u.x) is the conditional expectation of its
    bucket's teachers given u.x (every exactly self-similar activation), then all
    inner products of neurons and teachers are sums of phi(rho), phi(rho) =
    E[sigma(x) sigma(y)] at correlation rho = sum_j p_j rho^j, where p_j is the
    square of the j-th Hermite coefficient. Taken from there, the following needs
    only p_j >= 0 and convergence at rho = 1. *)

From Coq Require Import Reals Lra Lia List Permutation.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel Concavity Partition CopyAverage
  Arcsine.
Import ListNotations.
Open Scope R_scope.

(** The loss of a bucket of l teachers for the correlation function phi. *)
Definition bucket_loss (phi : R -> R) (l : R) : R :=
  l * phi 1 + l * (l - 1) * phi 0 - l² * phi (1 / l).

(** ** Additivity *)

(** The correlation of what the student knows of teachers p and q: 1/l inside a
    bucket of l teachers, 0 between buckets. *)
Definition known (k : nat) (b : nat -> nat) (p q : nat) : R :=
  if Nat.eqb (b q) (b p) then 1 / INR (bucket_size k b (b p)) else 0.

(** Teachers' energy minus that of their conditional expectations: the loss of the
    student of conditional expectations. *)
Definition conditional_loss (phi : R -> R) (k : nat) (b : nat -> nat) : R :=
  sum k (fun p => sum k (fun q => phi (if Nat.eqb q p then 1 else 0) - phi (known k b p q))).

(** The loss is the sum over the buckets. *)
Theorem self_similar_loss_additive : forall phi n k b, surjection n k b ->
  conditional_loss phi k b
  = sum n (fun i => bucket_loss phi (INR (bucket_size k b i))).
Proof.
  intros phi n k b Hb. unfold conditional_loss.
  rewrite (sum_over_buckets n k b _ Hb). apply sum_ext. intros i Hi.
  pose proof (bucket_size_pos n k b i Hb Hi) as Hl.
  set (l := INR (bucket_size k b i)) in *.
  rewrite (bucket_sum_ext k b i _ (fun _ => phi 1 + (l - 1) * phi 0 - l * phi (1 / l))).
  - rewrite bucket_sum_const. fold l. unfold bucket_loss, Rsqr. ring.
  - intros p Hp E. rewrite sum_minus.
    rewrite (sum_ext k (fun q => phi (if Nat.eqb q p then 1 else 0))
      (fun q => phi 0 + (if Nat.eqb q p then phi 1 - phi 0 else 0)))
      by (intros q _; destruct (Nat.eqb q p); ring).
    rewrite sum_plus, sum_const, (sum_single k p).
    2: exact Hp.
    2:{ intros q _ Hq. destruct (Nat.eqb_spec q p); [contradiction | reflexivity]. }
    rewrite Nat.eqb_refl.
    rewrite (sum_ext k (fun q => phi (known k b p q))
      (fun q => phi 0 + (if Nat.eqb (b q) i then phi (1 / l) - phi 0 else 0))).
    + rewrite sum_plus, sum_const.
      change (sum k (fun q => if Nat.eqb (b q) i then phi (1 / l) - phi 0 else 0))
        with (bucket_sum k b i (fun _ => phi (1 / l) - phi 0)).
      rewrite bucket_sum_const. fold l. ring.
    + intros q _. unfold known. rewrite E. fold l. destruct (Nat.eqb (b q) i); ring.
Qed.

(** ** Concavity from the series *)

(** The j-th term: l - l^(2-j) for j >= 2, and 0 for j = 0, 1. *)
Definition hermite_term (j : nat) (l : R) : R :=
  match j with
  | S (S m) => l - (/ l) ^ m
  | _ => 0
  end.

(** Coquelicot's series of p_j rho^j. *)
Definition correlation (p : nat -> R) (rho : R) : R := Series (fun j => p j * rho ^ j).

Lemma ex_series_bounded : forall (p c : nat -> R) M,
  (forall j, 0 <= p j) -> ex_series p -> (forall j, Rabs (c j) <= M) ->
  ex_series (fun j => p j * c j).
Proof.
  intros p c M Hp Hex Hc. apply (ex_series_le (fun j => p j * c j) (fun j => M * p j)).
  - intros j. change (norm (p j * c j)) with (Rabs (p j * c j)).
    rewrite Rabs_mult, (Rabs_pos_eq (p j)) by apply Hp.
    rewrite Rmult_comm. apply Rmult_le_compat_r; [apply Hp | apply Hc].
  - apply (ex_series_scal M p). exact Hex.
Qed.

Lemma pow_in_01 : forall x j, 0 <= x <= 1 -> 0 <= x ^ j <= 1.
Proof.
  intros x j Hx. split; [apply pow_le; lra|].
  rewrite <- (pow1 j). apply pow_incr. lra.
Qed.

Lemma inv_in_01 : forall l, 1 <= l -> 0 < / l <= 1.
Proof.
  intros l Hl. split; [apply Rinv_0_lt_compat; lra|].
  rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.

Lemma hermite_term_bound : forall j l, 1 <= l -> 0 <= hermite_term j l <= l.
Proof.
  intros j l Hl. destruct j as [|[|m]]; simpl; try lra.
  pose proof (pow_in_01 (/ l) m). pose proof (inv_in_01 l Hl). lra.
Qed.

Section Series.

Variable p : nat -> R.
Hypothesis p_nonneg : forall j, 0 <= p j.
Hypothesis p_sum : ex_series p.

Lemma ex_series_term : forall l, 1 <= l -> ex_series (fun j => p j * hermite_term j l).
Proof.
  intros l Hl. apply ex_series_bounded with l; auto. intros j.
  pose proof (hermite_term_bound j l Hl). rewrite Rabs_pos_eq; lra.
Qed.

Lemma ex_series_power : forall x, 0 <= x <= 1 -> ex_series (fun j => p j * x ^ j).
Proof.
  intros x Hx. apply ex_series_bounded with 1; auto. intros j.
  pose proof (pow_in_01 x j Hx). rewrite Rabs_pos_eq; lra.
Qed.

(** L(l) = sum over j >= 2 of p_j (l - l^(2-j)). *)
Theorem bucket_loss_series : forall l, 1 <= l ->
  bucket_loss (correlation p) l = Series (fun j => p j * hermite_term j l).
Proof.
  intros l Hl. unfold bucket_loss, correlation.
  pose proof (inv_in_01 l Hl) as Hi.
  replace (1 / l) with (/ l) by (unfold Rdiv; ring).
  assert (E1 : ex_series (fun j => l * (p j * 1 ^ j)))
    by (apply (ex_series_scal_l l (fun j => p j * 1 ^ j)), ex_series_power; lra).
  assert (E0 : ex_series (fun j => l * (l - 1) * (p j * 0 ^ j)))
    by (apply (ex_series_scal_l (l * (l - 1)) (fun j => p j * 0 ^ j)), ex_series_power; lra).
  assert (Ei : ex_series (fun j => l² * (p j * (/ l) ^ j)))
    by (apply (ex_series_scal_l l² (fun j => p j * (/ l) ^ j)), ex_series_power; lra).
  assert (E10 : ex_series (fun j => l * (p j * 1 ^ j) + l * (l - 1) * (p j * 0 ^ j)))
    by (apply (ex_series_plus _ _ E1 E0)).
  rewrite <- !Series_scal_l.
  rewrite <- (Series_plus _ _ E1 E0), <- (Series_minus _ _ E10 Ei).
  apply Series_ext. intros j. destruct j as [|[|m]].
  - simpl. unfold Rsqr. ring.
  - simpl. unfold Rsqr. field. lra.
  - simpl hermite_term. rewrite pow1, pow_i by lia. simpl pow. unfold Rsqr. field. lra.
Qed.

Theorem self_similar_copy : bucket_loss (correlation p) 1 = 0.
Proof. unfold bucket_loss. replace (1 / 1) with 1 by field. unfold Rsqr. ring. Qed.

(** The gap in Jensen's inequality for the j-th term. *)
Definition term_gap (j : nat) (x y t : R) : R :=
  hermite_term j (t * x + (1 - t) * y) - (t * hermite_term j x + (1 - t) * hermite_term j y).

Lemma is_derive_inv_pow : forall m x, 0 < x ->
  is_derive (fun x => x - (/ x) ^ m) x (1 + INR m * / (x * x) * (/ x) ^ pred m).
Proof.
  intros m x Hx. auto_derive; [lra|]. field. lra.
Qed.

Lemma term_gap_positive : forall j x y t, (3 <= j)%nat ->
  1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 -> 0 < term_gap j x y t.
Proof.
  intros j x y t Hj Hx Hy Hne Ht. destruct j as [|[|m]]; try lia.
  unfold term_gap. simpl hermite_term.
  pose proof (concave_by_derivative (fun x => 1 <= x) (fun x => x - (/ x) ^ m)
    (fun x => 1 + INR m * / (x * x) * (/ x) ^ pred m)) as H.
  cut (t * (x - (/ x) ^ m) + (1 - t) * (y - (/ y) ^ m)
       < t * x + (1 - t) * y - (/ (t * x + (1 - t) * y)) ^ m); [lra|].
  apply H; auto.
  - intros; lra.
  - intros u Hu. apply is_derive_inv_pow. lra.
  - intros u v Hu Hv Huv.
    assert (Hm : 1 <= INR m) by (apply (le_INR 1); lia).
    assert (Huu : 0 < u * u) by nra. assert (Hvv : 0 < v * v) by nra.
    assert (H1 : / (v * v) < / (u * u)).
    { apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; assumption | nra]. }
    assert (H2 : (/ v) ^ pred m <= (/ u) ^ pred m).
    { apply pow_incr. split; [apply Rlt_le, Rinv_0_lt_compat; lra|].
      apply Rinv_le_contravar; lra. }
    assert (H3 : 0 < (/ u) ^ pred m) by (apply pow_lt, Rinv_0_lt_compat; lra).
    assert (H4 : 0 < / (v * v)) by (apply Rinv_0_lt_compat; nra).
    apply Rplus_lt_compat_l. rewrite !Rmult_assoc.
    apply Rmult_lt_compat_l; [lra|]. nra.
Qed.

Lemma term_gap_nonneg : forall j x y t,
  1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 -> 0 <= term_gap j x y t.
Proof.
  intros j x y t Hx Hy Hne Ht. destruct (Nat.le_gt_cases 3 j) as [Hj|Hj].
  - apply Rlt_le, term_gap_positive; assumption.
  - unfold term_gap. destruct j as [|[|[|m]]]; simpl; lra || lia.
Qed.

Lemma series_term_le : forall (u : nat -> R) J,
  (forall j, 0 <= u j) -> ex_series u -> u J <= Series u.
Proof.
  intros u J Hu Hex.
  rewrite (Series_incr_n u (S J)) by (auto || lia). simpl pred.
  assert (H1 : u J <= sum_f_R0 u J).
  { destruct J as [|J]; simpl; [lra|].
    pose proof (cond_pos_sum u J Hu). lra. }
  assert (H2 : 0 <= Series (fun j => u (S J + j)%nat)).
  { set (v := fun j => u (S J + j)%nat).
    replace 0 with (Series (fun j => 0 * v j)) by (rewrite Series_scal_l; ring).
    apply Series_le; [intros j; pose proof (Hu (S J + j)%nat); unfold v; lra|].
    apply (ex_series_incr_n u (S J)), Hex. }
  lra.
Qed.

(** Every term is concave, those with j >= 3 strictly; so is the loss if one of
    these has a positive coefficient. *)
Theorem self_similar_concave : (exists J, (3 <= J)%nat /\ 0 < p J) ->
  forall x y t, 1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 ->
  t * bucket_loss (correlation p) x + (1 - t) * bucket_loss (correlation p) y
  < bucket_loss (correlation p) (t * x + (1 - t) * y).
Proof.
  intros [J [HJ HpJ]] x y t Hx Hy Hne Ht.
  assert (Hz : 1 <= t * x + (1 - t) * y) by nra.
  rewrite !bucket_loss_series by assumption.
  set (z := t * x + (1 - t) * y) in *.
  pose proof (ex_series_term x Hx) as Ex. pose proof (ex_series_term y Hy) as Ey.
  pose proof (ex_series_term z Hz) as Ez.
  assert (Etx : ex_series (fun j => t * (p j * hermite_term j x)))
    by (apply (ex_series_scal_l t (fun j => p j * hermite_term j x)), Ex).
  assert (Ety : ex_series (fun j => (1 - t) * (p j * hermite_term j y)))
    by (apply (ex_series_scal_l (1 - t) (fun j => p j * hermite_term j y)), Ey).
  assert (Ep : ex_series (fun j => t * (p j * hermite_term j x)
                                   + (1 - t) * (p j * hermite_term j y)))
    by (apply (ex_series_plus _ _ Etx Ety)).
  assert (Eg : ex_series (fun j => p j * hermite_term j z
      - (t * (p j * hermite_term j x) + (1 - t) * (p j * hermite_term j y))))
    by (apply (ex_series_minus _ _ Ez Ep)).
  rewrite <- !Series_scal_l, <- Series_plus by assumption.
  apply Rminus_gt_0_lt. rewrite <- Series_minus by assumption.
  apply Rlt_le_trans with (p J * term_gap J x y t).
  - apply Rmult_lt_0_compat; [exact HpJ | apply term_gap_positive; assumption].
  - replace (p J * term_gap J x y t) with
      (p J * hermite_term J z - (t * (p J * hermite_term J x) + (1 - t) * (p J * hermite_term J y)))
      by (unfold term_gap; fold z; ring).
    apply (series_term_le (fun j => p j * hermite_term j z
      - (t * (p j * hermite_term j x) + (1 - t) * (p j * hermite_term j y))) J); [|exact Eg].
    intros j.
    replace (p j * hermite_term j z
      - (t * (p j * hermite_term j x) + (1 - t) * (p j * hermite_term j y)))
      with (p j * term_gap j x y t) by (unfold term_gap; fold z; ring).
    apply Rmult_le_pos; [apply p_nonneg | apply term_gap_nonneg; assumption].
Qed.

(** Hence n-1 copies and one average are best. *)
Theorem self_similar_optimal_partition : (exists J, (3 <= J)%nat /\ 0 < p J) ->
  forall l : list nat, l <> [] -> positive l ->
  bucket_loss (correlation p) (INR (total l - length l + 1))
    <= total_loss (bucket_loss (correlation p)) l /\
  (total_loss (bucket_loss (correlation p)) l
     = bucket_loss (correlation p) (INR (total l - length l + 1)) <->
   Permutation l (copies_and_average (length l) (total l))).
Proof.
  intros HJ l Hne Hl. split.
  - apply best_partition; auto using self_similar_copy, self_similar_concave.
  - apply best_partition_unique; auto using self_similar_copy, self_similar_concave.
Qed.

End Series.

(** ** erf(beta x): phi(rho) = (2/pi) asin(c rho), c = 2 beta^2/(1 + 2 beta^2) *)

Definition scaled_erf (c rho : R) : R := 2 / PI * asin (c * rho).

(** The loss of a bucket is (2/pi) (l asin c - l^2 asin(c/l)). *)
Lemma scaled_erf_loss : forall c l,
  bucket_loss (scaled_erf c) l = 2 / PI * (l * asin c - l² * asin (c / l)).
Proof.
  intros c l. unfold bucket_loss, scaled_erf.
  rewrite Rmult_1_r, Rmult_0_r, asin_0.
  replace (c * (1 / l)) with (c / l) by (unfold Rdiv; ring). ring.
Qed.

(** For c = 1/2, that is beta^2 = 1/2, it is L. *)
Theorem scaled_erf_half : forall l, 0 < l -> bucket_loss (scaled_erf (1 / 2)) l = L l.
Proof.
  intros l Hl. rewrite scaled_erf_loss, asin_half. unfold L.
  replace (1 / 2 / l) with (1 / (2 * l)) by (field; lra).
  field. apply PI_neq0.
Qed.

Theorem scaled_erf_copy : forall c, bucket_loss (scaled_erf c) 1 = 0.
Proof. intros c. unfold bucket_loss. replace (1 / 1) with 1 by field. unfold Rsqr. ring. Qed.

Lemma half_below : forall c l, 0 < c < 1 -> 1 <= l -> 1 / 2 < l / (2 * c).
Proof.
  intros c l Hc Hl. apply (proj1 (Rlt_div_r (1 / 2) l (2 * c) ltac:(lra))). lra.
Qed.

Lemma scaled_erf_matched : forall c l, 0 < c < 1 -> 1 <= l ->
  bucket_loss (scaled_erf c) l
  = 2 / PI * (l * asin c - 4 * (c * c) * matched (l / (2 * c))).
Proof.
  intros c l Hc Hl. rewrite scaled_erf_loss. unfold matched.
  assert (Hm : 1 / 2 < l / (2 * c)) by (apply half_below; lra).
  rewrite <- asin_as_atan by exact Hm.
  replace (1 / (2 * (l / (2 * c)))) with (c / l) by (field; lra).
  unfold Rsqr. field. split; [lra | apply PI_neq0].
Qed.

Theorem scaled_erf_concave : forall c, 0 < c < 1 ->
  forall x y t, 1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 ->
  t * bucket_loss (scaled_erf c) x + (1 - t) * bucket_loss (scaled_erf c) y
  < bucket_loss (scaled_erf c) (t * x + (1 - t) * y).
Proof.
  intros c Hc x y t Hx Hy Hne Ht.
  rewrite !scaled_erf_matched by (assumption || nra).
  pose proof (concave_by_derivative (fun x => 1 / 2 < x) (fun x => - matched x)
    (fun x => - matched' x)) as H.
  assert (Hlt : t * - matched (x / (2 * c)) + (1 - t) * - matched (y / (2 * c))
                < - matched (t * (x / (2 * c)) + (1 - t) * (y / (2 * c)))).
  { apply H; auto.
    - intros; lra.
    - intros u Hu. apply (is_derive_opp matched), is_derive_matched, Hu.
    - intros u v Hu Hv Huv. apply Ropp_lt_contravar.
      apply (increasing_by_derivative matched' matched'' u v Huv).
      + intros w Hw. apply is_derive_matched'. lra.
      + intros w Hw. apply matched''_positive. lra.
    - apply half_below; lra.
    - apply half_below; lra.
    - intros E. apply Hne. apply Rmult_eq_reg_r with (/ (2 * c)); [exact E|].
      apply Rinv_neq_0_compat. lra. }
  replace ((t * x + (1 - t) * y) / (2 * c)) with (t * (x / (2 * c)) + (1 - t) * (y / (2 * c)))
    by (field; lra).
  assert (HP : 0 < 2 / PI) by (apply Rdiv_lt_0_compat; [lra | apply PI_RGT_0]).
  assert (HC : 0 < 4 * (c * c)) by nra.
  set (m1 := matched (x / (2 * c))) in *. set (m2 := matched (y / (2 * c))) in *.
  set (m3 := matched (t * (x / (2 * c)) + (1 - t) * (y / (2 * c)))) in *.
  apply Rminus_gt_0_lt.
  match goal with |- 0 < ?e => replace e with
    (2 / PI * (4 * (c * c)) * (- m3 - (t * - m1 + (1 - t) * - m2))) by ring end.
  repeat apply Rmult_lt_0_compat; lra.
Qed.

Theorem scaled_erf_optimal_partition : forall c, 0 < c < 1 ->
  forall l : list nat, l <> [] -> positive l ->
  bucket_loss (scaled_erf c) (INR (total l - length l + 1))
    <= total_loss (bucket_loss (scaled_erf c)) l /\
  (total_loss (bucket_loss (scaled_erf c)) l
     = bucket_loss (scaled_erf c) (INR (total l - length l + 1)) <->
   Permutation l (copies_and_average (length l) (total l))).
Proof.
  intros c Hc l Hne Hl. split.
  - apply best_partition; auto using scaled_erf_copy, scaled_erf_concave.
  - apply best_partition_unique; auto using scaled_erf_copy, scaled_erf_concave.
Qed.
