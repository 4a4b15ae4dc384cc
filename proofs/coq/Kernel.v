(** The arcsine kernel of erf(x/sqrt 2) and the student's loss.

    The kernel is taken as a definition: that it is the expectation
    E[sigma(w.x) sigma(v.x)] over standard Gaussian x (Williams 1996; Saad and
    Solla 1995) is not proved here. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums.
Open Scope R_scope.

(** Vectors of R^d are functions of an index; only indices below d count. *)
Definition vector := nat -> R.

Definition dot (d : nat) (u v : vector) : R := sum d (fun q => u q * v q).

(** s_w = 1 + |w|^2. *)
Definition s (d : nat) (w : vector) : R := 1 + dot d w w.

(** The kernel as a function of w.v, s_w and s_v, and on vectors. *)
Definition K (u sw sv : R) : R := 2 / PI * asin (u / sqrt (sw * sv)).
Definition kernel (d : nat) (w v : vector) : R := K (dot d w v) (s d w) (s d v).

(** Teacher p is the unit vector e_p. *)
Definition teacher (p : nat) : vector := fun q => if Nat.eqb q p then 1 else 0.

(** The loss E (f - f* )^2 of the student sum_i a_i sigma(w_i.x), i < n, for the
    teacher f* = sum_p sigma(e_p.x), p < k, inputs in R^d. *)
Definition loss (n k d : nat) (a : nat -> R) (w : nat -> vector) : R :=
  sum n (fun i => sum n (fun j => a i * a j * kernel d (w i) (w j)))
  - 2 * sum n (fun i => sum k (fun p => a i * kernel d (w i) (teacher p)))
  + sum k (fun p => sum k (fun q => kernel d (teacher p) (teacher q))).

(** The optimal loss of one neuron for l teachers. *)
Definition L (l : R) : R := l / 3 - 2 / PI * l² * asin (1 / (2 * l)).

(** ** Inner products *)

Lemma dot_sym : forall d u v, dot d u v = dot d v u.
Proof. intros. apply sum_ext. intros. ring. Qed.

Lemma dot_self_nonneg : forall d u, 0 <= dot d u u.
Proof. intros. apply sum_nonneg. intros i _. apply (Rle_0_sqr (u i)). Qed.

Lemma s_ge_1 : forall d w, 1 <= s d w.
Proof. intros. unfold s. pose proof (dot_self_nonneg d w). lra. Qed.

Lemma dot_cauchy : forall d u v, (dot d u v)² <= dot d u u * dot d v v.
Proof. intros. apply sum_cauchy. Qed.

(** The argument of every arcsine is inside (-1, 1). *)
Lemma dot_lt_s : forall d u v, (dot d u v)² < s d u * s d v.
Proof.
  intros d u v. pose proof (dot_cauchy d u v).
  pose proof (dot_self_nonneg d u). pose proof (dot_self_nonneg d v).
  unfold s. nra.
Qed.

Lemma dot_teacher_r : forall d w p, (p < d)%nat -> dot d w (teacher p) = w p.
Proof.
  intros d w p Hp. unfold dot, teacher. rewrite (sum_single d p).
  - rewrite Nat.eqb_refl. ring.
  - exact Hp.
  - intros j _ Hj. destruct (Nat.eqb_spec j p); [contradiction | ring].
Qed.

Lemma s_teacher : forall d p, (p < d)%nat -> s d (teacher p) = 2.
Proof.
  intros d p Hp. unfold s. rewrite dot_teacher_r by exact Hp.
  unfold teacher. rewrite Nat.eqb_refl. ring.
Qed.

Lemma dot_teachers : forall d p q, (p < d)%nat -> (q < d)%nat ->
  dot d (teacher p) (teacher q) = if Nat.eqb p q then 1 else 0.
Proof.
  intros d p q Hp Hq. rewrite dot_teacher_r by exact Hq. unfold teacher.
  rewrite Nat.eqb_sym. reflexivity.
Qed.

Lemma kernel_sym : forall d u v, kernel d u v = kernel d v u.
Proof.
  intros. unfold kernel, K. rewrite dot_sym.
  replace (s d u * s d v) with (s d v * s d u) by ring. reflexivity.
Qed.

Lemma kernel_teacher : forall d w p, (p < d)%nat ->
  kernel d w (teacher p) = 2 / PI * asin (w p / sqrt (2 * s d w)).
Proof.
  intros d w p Hp. unfold kernel, K.
  rewrite dot_teacher_r, s_teacher by exact Hp.
  replace (s d w * 2) with (2 * s d w) by ring. reflexivity.
Qed.

Lemma kernel_self : forall d w, kernel d w w = 2 / PI * asin (1 - 1 / s d w).
Proof.
  intros d w. unfold kernel, K. do 2 f_equal.
  pose proof (s_ge_1 d w) as Hs.
  rewrite sqrt_square by lra. unfold s in *. field. lra.
Qed.

Lemma asin_half : asin (1 / 2) = PI / 6.
Proof.
  rewrite <- sin_PI6. apply asin_sin. pose proof PI_RGT_0. lra.
Qed.

(** The loss of the zero student is k/3. *)
Lemma teachers_energy : forall k d, (k <= d)%nat ->
  sum k (fun p => sum k (fun q => kernel d (teacher p) (teacher q))) = INR k / 3.
Proof.
  intros k d Hkd.
  rewrite (sum_ext k _ (fun _ => 1 / 3)).
  - rewrite sum_const. field.
  - intros p Hp. rewrite (sum_single k p).
    + unfold kernel, K.
      rewrite dot_teachers, s_teacher by lia. rewrite Nat.eqb_refl.
      rewrite sqrt_square by lra. rewrite asin_half. pose proof PI_RGT_0. field. lra.
    + exact Hp.
    + intros j Hj Hne. unfold kernel, K. rewrite dot_teachers by lia.
      destruct (Nat.eqb_spec p j); [congruence|].
      replace (0 / _) with 0 by (unfold Rdiv; ring). rewrite asin_0. ring.
Qed.

(** The loss in the closed form of the literature. *)
Theorem loss_closed_form : forall n k d a w, (k <= d)%nat ->
  loss n k d a w
  = 2 / PI *
      (sum n (fun i => sum n (fun j =>
         a i * a j * asin (dot d (w i) (w j) / sqrt (s d (w i) * s d (w j)))))
       - 2 * sum n (fun i => sum k (fun p =>
           a i * asin (w i p / sqrt (2 * s d (w i))))))
    + INR k / 3.
Proof.
  intros n k d a w Hkd. unfold loss. rewrite teachers_energy by exact Hkd.
  f_equal. rewrite Rmult_minus_distr_l. f_equal.
  - rewrite <- sum_scal. apply sum_ext. intros i _.
    rewrite <- sum_scal. apply sum_ext. intros j _. unfold kernel, K. ring.
  - rewrite <- (Rmult_assoc (2 / PI)), (Rmult_comm (2 / PI) 2), Rmult_assoc.
    f_equal. rewrite <- sum_scal. apply sum_ext. intros i _.
    rewrite <- sum_scal. apply sum_ext. intros p Hp.
    rewrite kernel_teacher by lia. ring.
Qed.

(** ** Derivatives *)

Lemma is_derive_asin : forall x, -1 < x < 1 -> is_derive asin x (/ sqrt (1 - x²)).
Proof.
  intros x Hx. apply is_derive_Reals.
  replace (/ sqrt (1 - x²)) with (1 / sqrt (1 - x²)) by (unfold Rdiv; ring).
  apply (derive_pt_eq_1 _ _ _ (derivable_pt_asin x Hx)), derive_pt_asin.
Qed.

Lemma ratio_inside : forall u sw sv, 0 < sw -> 0 < sv -> u² < sw * sv ->
  -1 < u / sqrt (sw * sv) < 1.
Proof.
  intros u sw sv Hw Hv Hu.
  assert (Hp : 0 < sw * sv) by (apply Rmult_lt_0_compat; assumption).
  pose proof (sqrt_lt_R0 _ Hp) as Hq.
  assert (Habs : Rabs u < sqrt (sw * sv)).
  { rewrite <- sqrt_Rsqr_abs. apply sqrt_lt_1; try lra. apply Rle_0_sqr. }
  apply Rabs_def2 in Habs.
  split.
  - apply Rmult_lt_reg_r with (sqrt (sw * sv)); [exact Hq|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - apply Rmult_lt_reg_r with (sqrt (sw * sv)); [exact Hq|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

(** The derivative of asin(u / sqrt(s s')) along any path. *)
Lemma is_derive_asin_ratio : forall (u sw sv : R -> R) t u' sw' sv',
  is_derive u t u' -> is_derive sw t sw' -> is_derive sv t sv' ->
  0 < sw t -> 0 < sv t -> (u t)² < sw t * sv t ->
  is_derive (fun t => asin (u t / sqrt (sw t * sv t))) t
    ((u' - u t * (sw' / (2 * sw t) + sv' / (2 * sv t)))
     / sqrt (sw t * sv t - (u t)²)).
Proof.
  intros u sw sv t u' sw' sv' Hu Hw Hv Pw Pv Huv.
  assert (Hp : 0 < sw t * sv t) by (apply Rmult_lt_0_compat; assumption).
  pose proof (sqrt_lt_R0 _ Hp) as Hq.
  pose proof (ratio_inside _ _ _ Pw Pv Huv) as Hin.
  assert (Hd : 0 < sw t * sv t - (u t)²) by lra.
  pose proof (sqrt_lt_R0 _ Hd) as HD.
  assert (Hsq : is_derive (fun t => sqrt (sw t * sv t)) t
                  ((sw' * sv t + sw t * sv') / (2 * sqrt (sw t * sv t)))).
  { apply (derive_sqrt (fun t => sw t * sv t)); [|exact Hp].
    apply derive_mult; assumption. }
  assert (Hne : sqrt (sw t * sv t) <> 0) by lra.
  pose proof (derive_div u (fun t => sqrt (sw t * sv t)) t _ _ Hu Hsq Hne) as Hr.
  pose proof (derive_comp asin (fun t => u t / sqrt (sw t * sv t)) t _ _
                (is_derive_asin _ Hin) Hr) as H.
  apply (derive_value _ _ _ _ H).
  set (q := sqrt (sw t * sv t)) in *.
  assert (Eq : q * q = sw t * sv t) by (apply sqrt_sqrt; lra).
  assert (E1 : sqrt (1 - (u t / q)²) = sqrt (sw t * sv t - (u t)²) / q).
  { replace (1 - (u t / q)²) with ((sw t * sv t - (u t)²) / (q * q)).
    - rewrite sqrt_div by nra. rewrite sqrt_square by lra. reflexivity.
    - rewrite Eq at 1. unfold Rsqr. field_simplify; try lra.
      replace (q ^ 2) with (sw t * sv t) by lra. field. split; lra. }
  rewrite E1. set (D := sqrt (sw t * sv t - (u t)²)) in *.
  replace (u' * q - u t * ((sw' * sv t + sw t * sv') / (2 * q)))
    with ((u' - u t * ((sw' * sv t + sw t * sv') / (2 * (q * q)))) * q) by (field; lra).
  rewrite Eq. replace (/ (D / q)) with (q / D) by (field; lra).
  unfold Rdiv at 1. rewrite <- Eq at 2.
  field. repeat split; lra.
Qed.

(** [k1 d w v o] is the derivative of asin(w.v / sqrt(s_w s_v)) when w moves in
    the direction o. *)
Definition k1 (d : nat) (w v o : vector) : R :=
  (dot d o v - dot d w v * (dot d w o / s d w))
  / sqrt (s d w * s d v - (dot d w v)²).

(** A line through w in the direction o. *)
Definition line (w o : vector) (t : R) : vector := fun q => w q + t * o q.

Lemma is_derive_dot_line : forall d w o v r t,
  is_derive (fun t => dot d (line w o t) (line v r t)) t
    (dot d o (line v r t) + dot d (line w o t) r).
Proof.
  intros. unfold dot at 2 3. rewrite <- sum_plus.
  apply (is_derive_sum d (fun q t => line w o t q * line v r t q)).
  intros q _. unfold line. auto_derive; [exact I | ring].
Qed.

Lemma is_derive_s_line : forall d w o t,
  is_derive (fun t => s d (line w o t)) t (2 * dot d (line w o t) o).
Proof.
  intros. unfold s.
  replace (2 * dot d (line w o t) o)
    with (0 + (dot d o (line w o t) + dot d (line w o t) o))
    by (rewrite (dot_sym d o); ring).
  apply (derive_plus (fun _ => 1)).
  - apply derive_const.
  - apply is_derive_dot_line.
Qed.

Lemma is_derive_kernel_line : forall d w o v r t,
  is_derive (fun t => kernel d (line w o t) (line v r t)) t
    (2 / PI * (k1 d (line w o t) (line v r t) o + k1 d (line v r t) (line w o t) r)).
Proof.
  intros. unfold kernel, K.
  pose proof (s_ge_1 d (line w o t)) as Hw. pose proof (s_ge_1 d (line v r t)) as Hv.
  pose proof (dot_lt_s d (line w o t) (line v r t)) as Huv.
  assert (HD : 0 < sqrt (s d (line w o t) * s d (line v r t)
                         - (dot d (line w o t) (line v r t))²))
    by (apply sqrt_lt_R0; lra).
  apply (derive_scal (fun t => asin (dot d (line w o t) (line v r t)
    / sqrt (s d (line w o t) * s d (line v r t))))).
  replace (k1 d _ _ o + k1 d _ _ r) with
    ((dot d o (line v r t) + dot d (line w o t) r
      - dot d (line w o t) (line v r t)
        * (2 * dot d (line w o t) o / (2 * s d (line w o t))
           + 2 * dot d (line v r t) r / (2 * s d (line v r t))))
     / sqrt (s d (line w o t) * s d (line v r t) - (dot d (line w o t) (line v r t))²)).
  - apply (is_derive_asin_ratio (fun t => dot d (line w o t) (line v r t))
             (fun t => s d (line w o t)) (fun t => s d (line v r t))); try lra.
    + apply is_derive_dot_line.
    + apply is_derive_s_line.
    + apply is_derive_s_line.
  - unfold k1. rewrite (dot_sym d (line v r t) (line w o t)), (dot_sym d r).
    rewrite (Rmult_comm (s d (line v r t)) (s d (line w o t))).
    field. lra.
Qed.

(** ** The gradient of the loss *)

(** Half of the derivative with respect to a_i. *)
Definition residual (n k d : nat) (a : nat -> R) (w : nat -> vector) (i : nat) : R :=
  sum n (fun j => a j * kernel d (w i) (w j))
  - sum k (fun p => kernel d (w i) (teacher p)).

(** Half of the derivative when w_i moves in the direction o, divided by a_i. *)
Definition force (n k d : nat) (a : nat -> R) (w : nat -> vector) (i : nat)
    (o : vector) : R :=
  2 / PI * (sum n (fun j => a j * k1 d (w i) (w j) o)
            - sum k (fun p => k1 d (w i) (teacher p) o)).

Definition move_a (a da : nat -> R) (t : R) : nat -> R := fun i => a i + t * da i.
Definition move_w (w dw : nat -> vector) (t : R) : nat -> vector :=
  fun i => line (w i) (dw i) t.

Lemma k1_zero : forall d w v, k1 d w v (fun _ => 0) = 0.
Proof.
  intros. unfold k1.
  replace (dot d (fun _ => 0) v) with 0 by (symmetry; apply sum_zero; intros; ring).
  replace (dot d w (fun _ => 0)) with 0 by (symmetry; apply sum_zero; intros; ring).
  unfold Rdiv. ring.
Qed.

Lemma k1_ext_r : forall d w v v' o, (forall q, v q = v' q) -> k1 d w v o = k1 d w v' o.
Proof.
  intros d w v v' o H. unfold k1, s, dot.
  rewrite (sum_ext d (fun q => o q * v q) (fun q => o q * v' q)) by (intros; rewrite H; ring).
  rewrite (sum_ext d (fun q => w q * v q) (fun q => w q * v' q)) by (intros; rewrite H; ring).
  rewrite (sum_ext d (fun q => v q * v q) (fun q => v' q * v' q)) by (intros; rewrite H; ring).
  reflexivity.
Qed.

Lemma kernel_ext : forall d w w' v v',
  (forall q, w q = w' q) -> (forall q, v q = v' q) -> kernel d w v = kernel d w' v'.
Proof.
  intros d w w' v v' H H'. unfold kernel, K, s, dot.
  rewrite (sum_ext d (fun q => w q * v q) (fun q => w' q * v' q)) by (intros; rewrite H, H'; ring).
  rewrite (sum_ext d (fun q => w q * w q) (fun q => w' q * w' q)) by (intros; rewrite H; ring).
  rewrite (sum_ext d (fun q => v q * v q) (fun q => v' q * v' q)) by (intros; rewrite H'; ring).
  reflexivity.
Qed.

(** The derivative of the loss along every line, at every point. *)
Theorem loss_derivative : forall n k d a w da dw t,
  is_derive (fun t => loss n k d (move_a a da t) (move_w w dw t)) t
    (2 * sum n (fun i =>
       da i * residual n k d (move_a a da t) (move_w w dw t) i
       + move_a a da t i * force n k d (move_a a da t) (move_w w dw t) i (dw i))).
Proof.
  intros n k d a w da dw t.
  set (b := move_a a da t). set (x := move_w w dw t).
  assert (Ha : forall i, is_derive (fun t => move_a a da t i) t (da i)).
  { intros i. unfold move_a. auto_derive; [exact I | ring]. }
  unfold loss.
  eapply derive_value.
  { apply derive_plus; [|apply derive_const].
    apply derive_minus.
    - apply (is_derive_sum n (fun i t => sum n (fun j => move_a a da t i * move_a a da t j
        * kernel d (move_w w dw t i) (move_w w dw t j)))). intros i _.
      apply (is_derive_sum n (fun j t => move_a a da t i * move_a a da t j
        * kernel d (move_w w dw t i) (move_w w dw t j))). intros j _.
      apply (derive_mult (fun t => move_a a da t i * move_a a da t j)
               (fun t => kernel d (move_w w dw t i) (move_w w dw t j))).
      + apply (derive_mult (fun t => move_a a da t i) (fun t => move_a a da t j)); apply Ha.
      + apply is_derive_kernel_line.
    - apply (derive_scal (fun t => sum n (fun i => sum k (fun p =>
               move_a a da t i * kernel d (move_w w dw t i) (teacher p))))).
      apply (is_derive_sum n (fun i t => sum k (fun p =>
               move_a a da t i * kernel d (move_w w dw t i) (teacher p)))). intros i _.
      apply (is_derive_sum k (fun p t =>
               move_a a da t i * kernel d (move_w w dw t i) (teacher p))). intros p _.
      apply (derive_mult (fun t => move_a a da t i)
               (fun t => kernel d (move_w w dw t i) (teacher p))).
      + apply Ha.
      + apply (is_derive_ext
                 (fun t => kernel d (line (w i) (dw i) t) (line (teacher p) (fun _ => 0) t))).
        * intros. apply kernel_ext; intros q; unfold move_w, line; ring.
        * apply is_derive_kernel_line. }
  cbv beta. fold b x.
  set (g := fun i j => da i * (b j * kernel d (x i) (x j))
                       + b i * (2 / PI * (b j * k1 d (x i) (x j) (dw i)))).
  set (h := fun i p => da i * kernel d (x i) (teacher p)
                       + b i * (2 / PI * k1 d (x i) (teacher p) (dw i))).
  transitivity (2 * sum n (fun i => sum n (fun j => g i j))
                - 2 * sum n (fun i => sum k (fun p => h i p))).
  - replace (2 * sum n (fun i => sum n (fun j => g i j)))
      with (sum n (fun i => sum n (fun j => g i j + g j i))).
    + match goal with |- ?A - 2 * ?B + 0 = ?A' - 2 * ?B' =>
        assert (EA : A = A'); [|assert (EB : B = B'); [|rewrite EA, EB; ring]] end.
      * apply sum_ext. intros i _. apply sum_ext. intros j _. unfold g.
        rewrite (kernel_sym d (x j) (x i)). fold (x i). fold (x j).
        change (line (w i) (dw i) t) with (x i). change (line (w j) (dw j) t) with (x j).
        fold (b i) (b j). ring.
      * apply sum_ext. intros i _. apply sum_ext. intros p _. unfold h.
        rewrite k1_zero. change (line (w i) (dw i) t) with (x i).
        replace (k1 d (x i) (line (teacher p) (fun _ => 0) t) (dw i))
          with (k1 d (x i) (teacher p) (dw i)); [ring|].
        apply k1_ext_r. intros q. unfold line. ring.
    + rewrite (sum_ext n _ (fun i => sum n (fun j => g i j) + sum n (fun j => g j i)))
        by (intros; apply sum_plus).
      rewrite sum_plus, (sum_swap n n (fun i j => g j i)). ring.
  - rewrite <- Rmult_minus_distr_l, <- sum_minus. f_equal. apply sum_ext. intros i _.
    unfold g, h, residual, force. rewrite !sum_plus, !sum_scal. ring.
Qed.
