(** Perturbed n-copy configurations: n neurons for k > n teachers with

      w_i = alpha e_i + beta Σ_{j<n, j≠i} e_j + gamma Σ_{n≤p<k} e_p,   a_i = a.

    Their loss is a function of four reals. Its gradient is computed for all real n and k,
    and it is shown that its critical points are critical points of the loss in all weights
    of the student. *)

From Coq Require Import Reals Arith Lia Lra.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Finite Kernel.
Local Open Scope R_scope.

(** ** The reduced loss and its gradient, n and k real *)

Section Reduced.

Variables n k : R.

(** s = 1 + |w_i|². *)
Definition size (alpha beta gamma : R) : R :=
  1 + alpha² + (n - 1) * beta² + (k - n) * gamma².

(** u = w_i·w_j. *)
Definition overlap (alpha beta gamma : R) : R :=
  2 * alpha * beta + (n - 2) * beta² + (k - n) * gamma².

Definition reduced_loss (alpha beta gamma a : R) : R :=
  let s := size alpha beta gamma in
  let u := overlap alpha beta gamma in
  2 * n / PI * (a² * asin (1 - 1 / s) + (n - 1) * a² * asin (u / s)
    - 2 * a * (asin (alpha / sqrt (2 * s)) + (n - 1) * asin (beta / sqrt (2 * s))
               + (k - n) * asin (gamma / sqrt (2 * s))))
  + k / 3.

(** D = √(s² − u²), D_x = √(2s − x²). *)
Definition pair_root (alpha beta gamma : R) : R :=
  sqrt ((size alpha beta gamma)² - (overlap alpha beta gamma)²).
Definition teacher_root (alpha beta gamma x : R) : R :=
  sqrt (2 * size alpha beta gamma - x²).

(** The factor of w_i in the gradient:
    κ = a²h − (n−1)a²u/(sD) + (a/s)(α/D_α + (n−1)β/D_β + mγ/D_γ), h = 1/(s√(2s−1)). *)
Definition kappa (alpha beta gamma a : R) : R :=
  let s := size alpha beta gamma in
  a² / (s * sqrt (2 * s - 1))
  - (n - 1) * a² * overlap alpha beta gamma / (s * pair_root alpha beta gamma)
  + a / s * (alpha / teacher_root alpha beta gamma alpha
             + (n - 1) * (beta / teacher_root alpha beta gamma beta)
             + (k - n) * (gamma / teacher_root alpha beta gamma gamma)).

(** The equations of a critical point. *)
Definition equation_alpha (alpha beta gamma a : R) : R :=
  kappa alpha beta gamma a * alpha
  + (n - 1) * a² * beta / pair_root alpha beta gamma
  - a / teacher_root alpha beta gamma alpha.
Definition equation_beta (alpha beta gamma a : R) : R :=
  kappa alpha beta gamma a * beta
  + a² * (alpha + (n - 2) * beta) / pair_root alpha beta gamma
  - a / teacher_root alpha beta gamma beta.
Definition equation_gamma (alpha beta gamma a : R) : R :=
  kappa alpha beta gamma a * gamma
  + (n - 1) * a² * gamma / pair_root alpha beta gamma
  - a / teacher_root alpha beta gamma gamma.
Definition equation_a (alpha beta gamma a : R) : R :=
  let s := size alpha beta gamma in
  a * asin (1 - 1 / s) + (n - 1) * a * asin (overlap alpha beta gamma / s)
  - asin (alpha / sqrt (2 * s)) - (n - 1) * asin (beta / sqrt (2 * s))
  - (k - n) * asin (gamma / sqrt (2 * s)).

Hypothesis two_neurons : 2 <= n.
Hypothesis rest : n + 1 <= k.

Lemma square_nonneg x : 0 <= x².
Proof. apply Rle_0_sqr. Qed.

Lemma size_ge_1 alpha beta gamma : 1 <= size alpha beta gamma.
Proof.
  unfold size. pose proof (square_nonneg alpha). pose proof (square_nonneg beta).
  pose proof (square_nonneg gamma). nra.
Qed.

Lemma overlap_inside alpha beta gamma :
  (overlap alpha beta gamma)² < size alpha beta gamma * size alpha beta gamma.
Proof.
  assert (A : 0 < size alpha beta gamma - overlap alpha beta gamma).
  { unfold size, overlap. replace (_ - _) with (1 + (alpha - beta)²) by (unfold Rsqr; ring).
    pose proof (square_nonneg (alpha - beta)). lra. }
  assert (B : 0 < size alpha beta gamma + overlap alpha beta gamma).
  { unfold size, overlap.
    replace (_ + _) with (1 + (alpha + beta)² + (2 * n - 4) * beta² + 2 * (k - n) * gamma²)
      by (unfold Rsqr; ring).
    pose proof (square_nonneg (alpha + beta)). pose proof (square_nonneg beta).
    pose proof (square_nonneg gamma). nra. }
  unfold Rsqr. nra.
Qed.

Lemma inside_alpha alpha beta gamma : alpha² < 2 * size alpha beta gamma.
Proof.
  unfold size. pose proof (square_nonneg alpha). pose proof (square_nonneg beta).
  pose proof (square_nonneg gamma). nra.
Qed.

Lemma inside_beta alpha beta gamma : beta² < 2 * size alpha beta gamma.
Proof.
  unfold size. pose proof (square_nonneg alpha). pose proof (square_nonneg beta).
  pose proof (square_nonneg gamma). nra.
Qed.

Lemma inside_gamma alpha beta gamma : gamma² < 2 * size alpha beta gamma.
Proof.
  unfold size. pose proof (square_nonneg alpha). pose proof (square_nonneg beta).
  pose proof (square_nonneg gamma). nra.
Qed.

(** The derivative of the reduced loss along any differentiable path. *)
Theorem reduced_loss_derivative (al be ga a : R -> R) t al' be' ga' a' :
  is_derive al t al' -> is_derive be t be' -> is_derive ga t ga' -> is_derive a t a' ->
  is_derive (fun t => reduced_loss (al t) (be t) (ga t) (a t)) t
    (4 * n / PI * (equation_alpha (al t) (be t) (ga t) (a t) * al'
      + (n - 1) * equation_beta (al t) (be t) (ga t) (a t) * be'
      + (k - n) * equation_gamma (al t) (be t) (ga t) (a t) * ga'
      + equation_a (al t) (be t) (ga t) (a t) * a')).
Proof.
  intros Hal Hbe Hga Ha.
  assert (value : forall f x l, is_derive f x l -> Derive (fun y => f y) x = l)
    by (intros; now apply is_derive_unique).
  set (S := fun t => size (al t) (be t) (ga t)).
  set (U := fun t => overlap (al t) (be t) (ga t)).
  assert (ES : is_derive S t (2 * (al t * al' + (n - 1) * (be t * be') + (k - n) * (ga t * ga')))).
  { unfold S, size, Rsqr. auto_derive.
    - repeat split; eexists; eassumption.
    - rewrite (value _ _ _ Hal), (value _ _ _ Hbe), (value _ _ _ Hga). ring. }
  assert (EU : is_derive U t (2 * (al' * be t + al t * be' + (n - 2) * (be t * be')
      + (k - n) * (ga t * ga')))).
  { unfold U, overlap, Rsqr. auto_derive.
    - repeat split; eexists; eassumption.
    - rewrite (value _ _ _ Hal), (value _ _ _ Hbe), (value _ _ _ Hga). ring. }
  set (S' := 2 * (al t * al' + (n - 1) * (be t * be') + (k - n) * (ga t * ga'))) in *.
  set (U' := 2 * (al' * be t + al t * be' + (n - 2) * (be t * be') + (k - n) * (ga t * ga'))) in *.
  assert (S1 : forall t, 1 <= S t) by (intros; apply size_ge_1).
  assert (P := S1 t).
  assert (two : is_derive (fun _ : R => 2) t 0) by apply (is_derive_const 2).
  (* the five arcsines *)
  assert (self : is_derive (fun t => asin (1 - 1 / S t)) t
    ((S' - (S t - 1) * (S' / (2 * S t) + S' / (2 * S t))) / sqrt (S t * S t - (S t - 1)²))).
  { apply is_derive_ext with (fun t => asin ((S t - 1) / sqrt (S t * S t))).
    - intros x. specialize (S1 x). rewrite sqrt_square by lra. f_equal. field. lra.
    - apply (is_derive_asin_ratio (fun t => S t - 1) S S); auto; try lra.
      + replace S' with (minus S' 0) by (unfold minus, plus, opp; simpl; ring).
        apply (is_derive_minus S (fun _ => 1)); [exact ES | apply (is_derive_const 1)].
      + unfold Rsqr. nra. }
  assert (pair : is_derive (fun t => asin (U t / S t)) t
    ((U' - U t * (S' / (2 * S t) + S' / (2 * S t))) / sqrt (S t * S t - (U t)²))).
  { apply is_derive_ext with (fun t => asin (U t / sqrt (S t * S t))).
    - intros x. specialize (S1 x). rewrite sqrt_square by lra. reflexivity.
    - apply (is_derive_asin_ratio U S S); auto; try lra. apply overlap_inside. }
  assert (teach : forall x x', is_derive x t x' -> (x t)² < 2 * S t ->
    is_derive (fun t => asin (x t / sqrt (2 * S t))) t
      ((x' - x t * (0 / (2 * 2) + S' / (2 * S t))) / sqrt (2 * S t - (x t)²))).
  { intros x x' Hx Hin. apply (is_derive_asin_ratio x (fun _ => 2) S); auto; lra. }
  assert (Tal := teach al al' Hal (inside_alpha _ _ _)).
  assert (Tbe := teach be be' Hbe (inside_beta _ _ _)).
  assert (Tga := teach ga ga' Hga (inside_gamma _ _ _)).
  unfold reduced_loss. cbv zeta.
  change (fun t0 => size (al t0) (be t0) (ga t0)) with S.
  apply is_derive_ext with (fun t => 2 * n / PI * ((a t)² * asin (1 - 1 / S t)
    + (n - 1) * (a t)² * asin (U t / S t)
    - 2 * a t * (asin (al t / sqrt (2 * S t)) + (n - 1) * asin (be t / sqrt (2 * S t))
               + (k - n) * asin (ga t / sqrt (2 * S t)))) + k / 3); [reflexivity |].
  set (f1 := fun t => asin (1 - 1 / S t)) in *.
  set (f2 := fun t => asin (U t / S t)) in *.
  set (f3 := fun t => asin (al t / sqrt (2 * S t))) in *.
  set (f4 := fun t => asin (be t / sqrt (2 * S t))) in *.
  set (f5 := fun t => asin (ga t / sqrt (2 * S t))) in *.
  apply is_derive_ext with (fun t => 2 * n / PI * (a t * a t * f1 t
    + (n - 1) * (a t * a t) * f2 t
    - 2 * a t * (f3 t + (n - 1) * f4 t + (k - n) * f5 t)) + k / 3); [reflexivity |].
  auto_derive.
  - repeat split; eexists; eassumption.
  - rewrite (value _ _ _ Ha), (value f1 _ _ self), (value f2 _ _ pair), (value f3 _ _ Tal),
      (value f4 _ _ Tbe), (value f5 _ _ Tga).
    unfold equation_alpha, equation_beta, equation_gamma, equation_a, kappa, pair_root,
      teacher_root. cbv zeta.
    change (size (al t) (be t) (ga t)) with (S t).
    change (overlap (al t) (be t) (ga t)) with (U t).
    change (asin (1 - 1 / S t)) with (f1 t). change (asin (U t / S t)) with (f2 t).
    change (asin (al t / sqrt (2 * S t))) with (f3 t).
    change (asin (be t / sqrt (2 * S t))) with (f4 t).
    change (asin (ga t / sqrt (2 * S t))) with (f5 t).
    replace (S t * S t - (S t - 1)²) with (2 * S t - 1) by (unfold Rsqr; ring).
    change ((S t)²) with (S t * S t).
    assert (H0 : sqrt (2 * S t - 1) <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; lra).
    assert (H1 : sqrt (S t * S t - (U t)²) <> 0).
    { apply Rgt_not_eq, sqrt_lt_R0. pose proof (overlap_inside (al t) (be t) (ga t)).
      unfold S, U. lra. }
    assert (H3 : sqrt (2 * S t - (al t)²) <> 0).
    { apply Rgt_not_eq, sqrt_lt_R0. pose proof (inside_alpha (al t) (be t) (ga t)).
      unfold S. lra. }
    assert (H4 : sqrt (2 * S t - (be t)²) <> 0).
    { apply Rgt_not_eq, sqrt_lt_R0. pose proof (inside_beta (al t) (be t) (ga t)).
      unfold S. lra. }
    assert (H5 : sqrt (2 * S t - (ga t)²) <> 0).
    { apply Rgt_not_eq, sqrt_lt_R0. pose proof (inside_gamma (al t) (be t) (ga t)).
      unfold S. lra. }
    unfold S', U'.
    generalize dependent (sqrt (2 * S t - 1)). generalize dependent (sqrt (S t * S t - (U t)²)).
    generalize dependent (sqrt (2 * S t - (al t)²)).
    generalize dependent (sqrt (2 * S t - (be t)²)).
    generalize dependent (sqrt (2 * S t - (ga t)²)).
    intros d5 H5 d4 H4 d3 H3 d2 H2 d1 H1.
    generalize (f1 t) (f2 t) (f3 t) (f4 t) (f5 t). intros. unfold Rsqr.
    pose proof PI_RGT_0. field. repeat split; try assumption; lra.
Qed.

(** *** The gradient of the reduced loss, for all real n and k *)
Theorem reduced_loss_alpha alpha beta gamma a :
  is_derive (fun x => reduced_loss x beta gamma a) alpha
    (4 / PI * n * equation_alpha alpha beta gamma a).
Proof.
  replace (4 / PI * n * _) with (4 * n / PI * (equation_alpha alpha beta gamma a * 1
    + (n - 1) * equation_beta alpha beta gamma a * 0
    + (k - n) * equation_gamma alpha beta gamma a * 0
    + equation_a alpha beta gamma a * 0)) by (field; apply PI_neq0).
  apply (reduced_loss_derivative (fun x => x) (fun _ => beta) (fun _ => gamma) (fun _ => a));
    try apply (is_derive_const (V := R_NormedModule)); apply (is_derive_id (K := R_AbsRing)).
Qed.

Theorem reduced_loss_beta alpha beta gamma a :
  is_derive (fun x => reduced_loss alpha x gamma a) beta
    (4 / PI * n * (n - 1) * equation_beta alpha beta gamma a).
Proof.
  replace (4 / PI * n * (n - 1) * _) with (4 * n / PI * (equation_alpha alpha beta gamma a * 0
    + (n - 1) * equation_beta alpha beta gamma a * 1
    + (k - n) * equation_gamma alpha beta gamma a * 0
    + equation_a alpha beta gamma a * 0)) by (field; apply PI_neq0).
  apply (reduced_loss_derivative (fun _ => alpha) (fun x => x) (fun _ => gamma) (fun _ => a));
    try apply (is_derive_const (V := R_NormedModule)); apply (is_derive_id (K := R_AbsRing)).
Qed.

Theorem reduced_loss_gamma alpha beta gamma a :
  is_derive (fun x => reduced_loss alpha beta x a) gamma
    (4 / PI * n * (k - n) * equation_gamma alpha beta gamma a).
Proof.
  replace (4 / PI * n * (k - n) * _) with (4 * n / PI * (equation_alpha alpha beta gamma a * 0
    + (n - 1) * equation_beta alpha beta gamma a * 0
    + (k - n) * equation_gamma alpha beta gamma a * 1
    + equation_a alpha beta gamma a * 0)) by (field; apply PI_neq0).
  apply (reduced_loss_derivative (fun _ => alpha) (fun _ => beta) (fun x => x) (fun _ => a));
    try apply (is_derive_const (V := R_NormedModule)); apply (is_derive_id (K := R_AbsRing)).
Qed.

Theorem reduced_loss_a alpha beta gamma a :
  is_derive (fun x => reduced_loss alpha beta gamma x) a
    (4 / PI * n * equation_a alpha beta gamma a).
Proof.
  replace (4 / PI * n * _) with (4 * n / PI * (equation_alpha alpha beta gamma a * 0
    + (n - 1) * equation_beta alpha beta gamma a * 0
    + (k - n) * equation_gamma alpha beta gamma a * 0
    + equation_a alpha beta gamma a * 1)) by (field; apply PI_neq0).
  apply (reduced_loss_derivative (fun _ => alpha) (fun _ => beta) (fun _ => gamma) (fun x => x));
    try apply (is_derive_const (V := R_NormedModule)); apply (is_derive_id (K := R_AbsRing)).
Qed.

(** All four equations hold. *)
Definition reduced_critical (alpha beta gamma a : R) : Prop :=
  equation_alpha alpha beta gamma a = 0 /\ equation_beta alpha beta gamma a = 0 /\
  equation_gamma alpha beta gamma a = 0 /\ equation_a alpha beta gamma a = 0.

End Reduced.

(** ** From the reduced loss to the full one *)

Section Embedded.

Variables n k d : nat.
Hypothesis two_neurons : (2 <= n)%nat.
Hypothesis rest : (n < k)%nat.
Hypothesis dimension : (k <= d)%nat.
Variables alpha beta gamma a : R.

Definition perturbed (i q : nat) : R :=
  if (q <? n)%nat then (if Nat.eqb q i then alpha else beta)
  else if (q <? k)%nat then gamma else 0.

Local Notation w := perturbed.
Local Notation N := (INR n).
Local Notation M := (INR k).
Local Notation S := (size N M alpha beta gamma).
Local Notation U := (overlap N M alpha beta gamma).

(** A sum over the teachers of a function of the components of w_i. *)
Lemma sum_components i (g : nat -> R -> R) : (i < n)%nat ->
  sum k (fun q => g q (w i q))
  = sum n (fun q => g q beta) + (g i alpha - g i beta)
    + (sum k (fun q => g q gamma) - sum n (fun q => g q gamma)).
Proof.
  intros Hi.
  assert (first : sum n (fun q => g q (w i q)) = sum n (fun q => g q beta) + (g i alpha - g i beta)).
  { rewrite (sum_ext n _ (fun q => g q beta
      + (if Nat.eqb q i then g q alpha - g q beta else 0))).
    - rewrite sum_plus. f_equal. rewrite (sum_single n i); auto.
      + now rewrite Nat.eqb_refl.
      + intros j _ Hj. now destruct (Nat.eqb_spec j i).
    - intros q Hq. unfold w. destruct (Nat.ltb_spec q n); [| lia].
      destruct (Nat.eqb q i); ring. }
  rewrite <- first.
  assert (T : forall m, (n <= m <= k)%nat -> sum m (fun q => g q (w i q))
    = sum n (fun q => g q (w i q)) + (sum m (fun q => g q gamma) - sum n (fun q => g q gamma))).
  { induction m as [| m IH]; intros Hm.
    - replace n with O by lia. simpl. ring.
    - destruct (Nat.eq_dec n (Datatypes.S m)) as [E | E].
      + rewrite <- E. ring.
      + assert (W : w i m = gamma).
        { unfold w. destruct (Nat.ltb_spec m n); [lia |].
          destruct (Nat.ltb_spec m k); [reflexivity | lia]. }
        cbn [sum]. rewrite IH, W by lia. ring. }
  apply T. lia.
Qed.

Lemma sum_components_const i (g : R -> R) : (i < n)%nat ->
  sum k (fun q => g (w i q)) = g alpha + (N - 1) * g beta + (M - N) * g gamma.
Proof.
  intros Hi. rewrite (sum_components i (fun _ => g)) by auto. rewrite !sum_const. ring.
Qed.

Lemma beyond i q : (k <= q)%nat -> w i q = 0.
Proof.
  intros H. unfold w. destruct (Nat.ltb_spec q n); [lia |].
  destruct (Nat.ltb_spec q k); [lia | reflexivity].
Qed.

Lemma s_perturbed i : (i < n)%nat -> s d (w i) = S.
Proof.
  intros Hi. unfold s, dot. rewrite (sum_truncate k d).
  - rewrite (sum_components_const i (fun x => x * x)) by auto. unfold size, Rsqr. ring.
  - exact dimension.
  - intros q Hq. rewrite beyond by lia. ring.
Qed.

Lemma dot_perturbed i j : (i < n)%nat -> (j < n)%nat -> j <> i -> dot d (w i) (w j) = U.
Proof.
  intros Hi Hj Hne. unfold dot. rewrite (sum_truncate k d).
  - rewrite (sum_components i (fun q x => x * w j q)) by auto.
    rewrite !sum_scal. replace (sum k (w j)) with (alpha + (N - 1) * beta + (M - N) * gamma)
      by (symmetry; now apply (sum_components_const j (fun x => x))).
    replace (sum n (w j)) with (alpha + (N - 1) * beta).
    + unfold w. destruct (Nat.ltb_spec i n); [| lia]. destruct (Nat.eqb_spec i j); [lia |].
      unfold overlap, Rsqr. ring.
    + rewrite (sum_ext n _ (fun q => beta + (if Nat.eqb q j then alpha - beta else 0))).
      * rewrite sum_plus, sum_const, (sum_single n j); auto.
        -- rewrite Nat.eqb_refl. ring.
        -- intros q _ Hq. now destruct (Nat.eqb_spec q j).
      * intros q Hq. unfold w. destruct (Nat.ltb_spec q n); [| lia].
        destruct (Nat.eqb q j); ring.
  - exact dimension.
  - intros q Hq. rewrite beyond by lia. ring.
Qed.

Lemma bounds : 2 <= N /\ N + 1 <= M.
Proof.
  split.
  - replace 2 with (INR 2) by (simpl; ring). apply le_INR. exact two_neurons.
  - rewrite <- S_INR. apply le_INR. exact rest.
Qed.

Lemma S_ge_1 : 1 <= S.
Proof. destruct bounds. now apply size_ge_1. Qed.

Lemma sum_others i (f : nat -> R) c : (i < n)%nat ->
  (forall j, (j < n)%nat -> j <> i -> f j = c) -> sum n f = f i + (N - 1) * c.
Proof.
  intros Hi H. destruct n as [| m]; [lia |].
  rewrite (sum_take m i) by lia. rewrite (sum_ext m _ (fun _ => c)).
  - rewrite sum_const, S_INR. ring.
  - intros j Hj. apply H; unfold skip; destruct (Nat.ltb_spec j i); lia.
Qed.

(** *** The loss of the configuration is the reduced loss *)
Theorem loss_perturbed : loss n k d (fun _ => a) w = reduced_loss N M alpha beta gamma a.
Proof.
  pose proof S_ge_1 as P. pose proof PI_RGT_0.
  rewrite loss_closed_form by exact dimension. unfold reduced_loss. cbv zeta.
  rewrite (sum_ext n _ (fun _ => a² * asin (1 - 1 / S) + (N - 1) * (a² * asin (U / S)))).
  - rewrite sum_const.
    rewrite (sum_ext n _ (fun _ => a * (asin (alpha / sqrt (2 * S))
      + (N - 1) * asin (beta / sqrt (2 * S)) + (M - N) * asin (gamma / sqrt (2 * S))))).
    + rewrite sum_const. unfold Rdiv. ring.
    + intros i Hi. rewrite sum_scal. f_equal. rewrite s_perturbed by auto.
      apply (sum_components_const i (fun x => asin (x / sqrt (2 * S)))). exact Hi.
  - intros i Hi. rewrite (sum_others i _ (a² * asin (U / S))); auto.
    + f_equal. rewrite s_perturbed by auto. rewrite sqrt_square by lra. unfold Rsqr.
      do 2 f_equal. replace (dot d (w i) (w i)) with (s d (w i) - 1) by (unfold s; ring).
      rewrite s_perturbed by auto. field. lra.
    + intros j Hj Hne. rewrite !s_perturbed by auto. rewrite sqrt_square by lra.
      rewrite dot_perturbed by auto. reflexivity.
Qed.

(** Component q of the derivative in w_i, a_i times it. *)
Definition component (i q : nat) : R :=
  if (q <? n)%nat then
    (if Nat.eqb q i then equation_alpha N M alpha beta gamma a
     else equation_beta N M alpha beta gamma a)
  else if (q <? k)%nat then equation_gamma N M alpha beta gamma a else 0.

(** The derivative of the loss when w_i moves in the direction o. *)
Lemma force_perturbed i o : (i < n)%nat ->
  a * force n k d (fun _ => a) w i o = 2 / PI * sum d (fun q => component i q * o q).
Proof.
  intros Hi. destruct bounds as [B1 B2]. pose proof S_ge_1 as P.
  set (D := pair_root N M alpha beta gamma).
  set (E := fun x => teacher_root N M alpha beta gamma x).
  set (h := sqrt (2 * S - 1)).
  set (c := dot d (w i) o).
  assert (Dp : 0 < D).
  { apply sqrt_lt_R0. pose proof (overlap_inside N M B1 B2 alpha beta gamma).
    unfold Rsqr at 1. lra. }
  assert (Ea : 0 < E alpha).
  { apply sqrt_lt_R0. pose proof (inside_alpha N M B1 B2 alpha beta gamma). lra. }
  assert (Eb : 0 < E beta).
  { apply sqrt_lt_R0. pose proof (inside_beta N M B1 B2 alpha beta gamma). lra. }
  assert (Eg : 0 < E gamma).
  { apply sqrt_lt_R0. pose proof (inside_gamma N M B1 B2 alpha beta gamma). lra. }
  assert (Hh : 0 < h) by (apply sqrt_lt_R0; lra).
  (* own term, other neurons, teachers *)
  assert (own : k1 d (w i) (w i) o = c / (S * h)).
  { unfold k1. rewrite s_perturbed by auto.
    replace (dot d (w i) (w i)) with (S - 1)
      by (rewrite <- (s_perturbed i Hi); unfold s; ring).
    rewrite (dot_sym d o). fold c. unfold h.
    replace (S * S - (S - 1)²) with (2 * S - 1) by (unfold Rsqr; ring). fold h.
    field. lra. }
  assert (other : forall j, (j < n)%nat -> j <> i ->
    k1 d (w i) (w j) o = dot d o (w j) / D - U * c / (S * D)).
  { intros j Hj Hne. unfold k1. rewrite !s_perturbed by auto. rewrite dot_perturbed by auto.
    fold c. unfold D, pair_root. fold D. change (S * S) with (S²).
    fold (pair_root N M alpha beta gamma). fold D. field. lra. }
  assert (teach : forall p, (p < k)%nat ->
    k1 d (w i) (teacher p) o = o p / E (w i p) - w i p * c / (S * E (w i p))).
  { intros p Hp. unfold k1. rewrite s_perturbed by auto.
    rewrite s_teacher, !dot_teacher_r by lia. fold c.
    replace (S * 2 - (w i p)²) with (2 * S - (w i p)²) by ring.
    change (sqrt (2 * S - (w i p)²)) with (E (w i p)).
    assert (E (w i p) <> 0).
    { unfold w. destruct (p <? n)%nat; [destruct (Nat.eqb p i); lra |].
      destruct (Nat.ltb_spec p k); [lra | lia]. }
    field. repeat split; try assumption; lra. }
  (* the sums *)
  assert (neurons : sum n (fun j => a * k1 d (w i) (w j) o)
    = a * (c / (S * h)) + a / D * (sum n (fun j => dot d o (w j)) - c)
      - (N - 1) * (a * (U * c / (S * D)))).
  { rewrite (sum_ext n _ (fun j => a / D * dot d o (w j)
      + (if Nat.eqb j i then a * (c / (S * h)) - a / D * c else - (a * (U * c / (S * D)))))).
    - rewrite sum_plus, sum_scal.
      rewrite (sum_others i (fun j => if Nat.eqb j i then _ else _) (- (a * (U * c / (S * D))))); auto.
      + rewrite Nat.eqb_refl. ring.
      + intros j _ Hj. now destruct (Nat.eqb_spec j i).
    - intros j Hj. destruct (Nat.eqb_spec j i) as [-> | Hne].
      + rewrite own, (dot_sym d o). fold c. field. lra.
      + rewrite other by auto. field. lra. }
  assert (all : sum n (fun j => dot d o (w j))
    = sum d (fun q => o q * (if (q <? n)%nat then alpha + (N - 1) * beta
        else if (q <? k)%nat then N * gamma else 0))).
  { unfold dot. rewrite sum_swap. apply sum_ext. intros q Hq. rewrite sum_scal. f_equal.
    destruct (Nat.ltb_spec q n) as [L | L].
    - rewrite (sum_others q _ beta); auto; unfold w.
      + destruct (Nat.ltb_spec q n); [| lia]. now rewrite Nat.eqb_refl.
      + intros j Hj Hne. destruct (Nat.ltb_spec q n); [| lia].
        destruct (Nat.eqb_spec q j); [lia | reflexivity].
    - rewrite (sum_ext n _ (fun _ => if (q <? k)%nat then gamma else 0)).
      + rewrite sum_const. destruct (q <? k)%nat; ring.
      + intros j Hj. unfold w. destruct (Nat.ltb_spec q n); [lia | reflexivity]. }
  assert (teachers : sum k (fun p => k1 d (w i) (teacher p) o)
    = sum k (fun p => o p / E (w i p))
      - c / S * (alpha / E alpha + (N - 1) * (beta / E beta) + (M - N) * (gamma / E gamma))).
  { rewrite (sum_ext k _ (fun p => o p / E (w i p) - c / S * (w i p / E (w i p)))).
    - rewrite sum_minus, sum_scal. f_equal. f_equal.
      apply (sum_components_const i (fun x => x / E x)). exact Hi.
    - intros p Hp. rewrite teach by auto.
      assert (E (w i p) <> 0).
      { unfold w. destruct (p <? n)%nat; [destruct (Nat.eqb p i); lra |].
        destruct (Nat.ltb_spec p k); [lra | lia]. }
      field. repeat split; try assumption; lra. }
  assert (teachers' : sum k (fun p => o p / E (w i p))
    = sum d (fun q => o q * (if (q <? k)%nat then / E (w i q) else 0))).
  { rewrite (sum_truncate k d).
    - apply sum_ext. intros q Hq. destruct (Nat.ltb_spec q k); [reflexivity | lia].
    - exact dimension.
    - intros q Hq. destruct (Nat.ltb_spec q k); [lia | ring]. }
  assert (Ec : c = sum d (fun q => o q * w i q)).
  { unfold c, dot. apply sum_ext. intros. ring. }
  unfold force. rewrite neurons, teachers, teachers', all.
  set (G := alpha / E alpha + (N - 1) * (beta / E beta) + (M - N) * (gamma / E gamma)).
  set (X := a / (S * h) - a / D - (N - 1) * (a * (U / (S * D))) + G / S).
  rewrite (Rmult_comm a), Rmult_assoc. f_equal.
  replace (_ - _) with (sum d (fun q => o q * (if (q <? n)%nat then alpha + (N - 1) * beta
        else if (q <? k)%nat then N * gamma else 0)) * (a / D)
      - sum d (fun q => o q * (if (q <? k)%nat then / E (w i q) else 0)) + X * c)
    by (unfold X; field; lra).
  rewrite Ec, <- sum_scal_r, <- sum_scal, <- sum_minus, <- sum_plus, <- sum_scal_r.
  apply sum_ext. intros q Hq. unfold component, w, X, G.
  unfold equation_alpha, equation_beta, equation_gamma, kappa. cbv zeta.
  fold D h. change (teacher_root N M alpha beta gamma) with E.
  destruct (Nat.ltb_spec q n).
  - destruct (Nat.ltb_spec q k); [| lia].
    destruct (Nat.eqb_spec q i); unfold Rsqr; field; lra.
  - destruct (Nat.ltb_spec q k); unfold Rsqr; field; lra.
Qed.

Lemma residual_perturbed i : (i < n)%nat ->
  residual n k d (fun _ => a) w i = 2 / PI * equation_a N M alpha beta gamma a.
Proof.
  intros Hi. pose proof S_ge_1 as P. unfold residual, equation_a. cbv zeta.
  rewrite (sum_others i _ (a * (2 / PI * asin (U / S)))); auto.
  - rewrite kernel_self, s_perturbed by auto.
    rewrite (sum_ext k _ (fun p => 2 / PI * asin (w i p / sqrt (2 * S)))).
    + rewrite sum_scal, (sum_components_const i (fun x => asin (x / sqrt (2 * S)))) by auto.
      ring.
    + intros p Hp. rewrite kernel_teacher, s_perturbed by (auto; lia). reflexivity.
  - intros j Hj Hne. unfold kernel, K. rewrite !s_perturbed, dot_perturbed by auto.
    rewrite sqrt_square by lra. reflexivity.
Qed.

(** *** A critical point of the reduced loss is one of the loss in all weights: the
    derivative vanishes in every direction (da, dw). *)
Theorem perturbed_critical : reduced_critical N M alpha beta gamma a ->
  forall da dw, is_derive
    (fun t => loss n k d (move_a (fun _ => a) da t) (move_w w dw t)) 0 0.
Proof.
  intros [F1 [F2 [F3 F4]]] da dw.
  assert (Ea : move_a (fun _ => a) da 0 = fun _ => a).
  { apply FunctionalExtensionality.functional_extensionality. intros i. unfold move_a. ring. }
  assert (Ew : move_w w dw 0 = w).
  { apply FunctionalExtensionality.functional_extensionality. intros i.
    apply FunctionalExtensionality.functional_extensionality. intros q.
    unfold move_w, line. ring. }
  assert (Z : 2 * sum n (fun i =>
       da i * residual n k d (move_a (fun _ => a) da 0) (move_w w dw 0) i
       + move_a (fun _ => a) da 0 i
         * force n k d (move_a (fun _ => a) da 0) (move_w w dw 0) i (dw i)) = 0).
  { rewrite Ea, Ew. rewrite sum_zero; [ring |]. intros i Hi.
    rewrite residual_perturbed, force_perturbed by auto. rewrite F4, sum_zero; [ring |].
    intros q _. unfold component. rewrite F1, F2, F3.
    destruct (q <? n)%nat; [destruct (Nat.eqb q i); ring |]. destruct (q <? k)%nat; ring. }
  rewrite <- Z at 2. apply loss_derivative.
Qed.

End Embedded.
