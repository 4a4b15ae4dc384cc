(** The second derivative of the loss along every line: the Hessian as a
    quadratic form, at every point. *)

From Coq Require Import Reals Lra Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel.
Open Scope R_scope.

(** [k2 d w v o r] is the derivative of [k1 d w v o] when w moves in the direction
    o and v in the direction r. *)
Definition k2 (d : nat) (w v o r : vector) : R :=
  let u := dot d w v in
  let wo := dot d w o in
  let ov := dot d o v in
  let D := sqrt (s d w * s d v - u²) in
  (dot d o r - (ov + dot d w r) * (wo / s d w)
   - u * (dot d o o / s d w - 2 * wo² / (s d w)²)) / D
  - (ov - u * (wo / s d w)) * (wo * s d v + s d w * dot d v r - u * (ov + dot d w r))
    / (D * D * D).

Lemma is_derive_dot_fixed : forall d v r o t,
  is_derive (fun t => dot d (line v r t) o) t (dot d r o).
Proof.
  intros. unfold dot.
  apply (is_derive_sum d (fun q t => line v r t q * o q)).
  intros q _. unfold line. auto_derive; [exact I | ring].
Qed.

Lemma is_derive_k1_line : forall d w o v r t,
  is_derive (fun t => k1 d (line w o t) (line v r t) o) t
    (k2 d (line w o t) (line v r t) o r).
Proof.
  intros. unfold k1.
  set (W := line w o t). set (V := line v r t).
  pose proof (s_ge_1 d W) as Hw. pose proof (s_ge_1 d V) as Hv.
  pose proof (dot_lt_s d W V) as Huv.
  assert (HD2 : 0 < s d W * s d V - (dot d W V)²) by lra.
  pose proof (sqrt_lt_R0 _ HD2) as HD.
  assert (dU : is_derive (fun t => dot d (line w o t) (line v r t)) t
                 (dot d o V + dot d W r)) by apply is_derive_dot_line.
  assert (dP : is_derive (fun t => dot d (line w o t) o) t (dot d o o))
    by apply is_derive_dot_fixed.
  assert (dO : is_derive (fun t => dot d o (line v r t)) t (dot d o r)).
  { rewrite (dot_sym d o r). apply (is_derive_ext (fun t => dot d (line v r t) o)).
    - intros; apply dot_sym.
    - apply is_derive_dot_fixed. }
  assert (dW : is_derive (fun t => s d (line w o t)) t (2 * dot d W o))
    by apply is_derive_s_line.
  assert (dV : is_derive (fun t => s d (line v r t)) t (2 * dot d V r))
    by apply is_derive_s_line.
  assert (HsW : s d W <> 0) by lra.
  assert (dN := derive_minus _ _ t _ _ dO
                  (derive_mult _ _ t _ _ dU (derive_div _ _ t _ _ dP dW HsW))).
  assert (dQ := derive_sqrt _ t _ (derive_minus _ _ t _ _ (derive_mult _ _ t _ _ dW dV)
                  (derive_mult _ _ t _ _ dU dU)) HD2).
  cbv beta in dN, dQ.
  assert (HQ : sqrt (s d W * s d V - dot d W V * dot d W V) <> 0)
    by (unfold Rsqr in HD; lra).
  pose proof (derive_div _ _ t _ _ dN dQ HQ) as H. cbv beta in H.
  apply (derive_value _ _ _ _ H). fold W V. unfold k2.
  change (dot d W V * dot d W V) with (dot d W V)².
  set (D := sqrt (s d W * s d V - (dot d W V)²)) in *.
  unfold Rsqr. field. repeat split; lra.
Qed.

(** Twice the derivative of the residuals and forces gives the Hessian. *)
Definition hessian (n k d : nat) (a : nat -> R) (w : nat -> vector)
    (da : nat -> R) (dw : nat -> vector) : R :=
  2 * sum n (fun i => da i * sum n (fun j => da j * kernel d (w i) (w j)))
  + 4 * sum n (fun i => da i * force n k d a w i (dw i))
  + 4 * (2 / PI) * sum n (fun i => da i * sum n (fun j => a j * k1 d (w j) (w i) (dw j)))
  + 2 * (2 / PI) * sum n (fun i => a i *
      (sum n (fun j => a j * k2 d (w i) (w j) (dw i) (dw j))
       - sum k (fun p => k2 d (w i) (teacher p) (dw i) (fun _ => 0)))).

Lemma line_teacher : forall p t, line (teacher p) (fun _ => 0) t = teacher p.
Proof.
  intros. apply functional_extensionality. intros q. unfold line. ring.
Qed.

Lemma is_derive_residual : forall n k d a w da dw i t,
  let b := move_a a da t in
  let x := move_w w dw t in
  is_derive (fun t => residual n k d (move_a a da t) (move_w w dw t) i) t
    (sum n (fun j => da j * kernel d (x i) (x j))
     + 2 / PI * sum n (fun j => b j * k1 d (x j) (x i) (dw j))
     + force n k d b x i (dw i)).
Proof.
  intros. unfold residual.
  eapply derive_value.
  { apply derive_minus.
    - apply (is_derive_sum n (fun j t => move_a a da t j
        * kernel d (move_w w dw t i) (move_w w dw t j))). intros j _.
      apply (derive_mult (fun t => move_a a da t j)
               (fun t => kernel d (move_w w dw t i) (move_w w dw t j)) t (da j)).
      + unfold move_a. auto_derive; [exact I | ring].
      + apply is_derive_kernel_line.
    - apply (is_derive_sum k (fun p t => kernel d (move_w w dw t i) (teacher p))
               (fun p => 2 / PI * k1 d (x i) (teacher p) (dw i))). intros p _.
      apply (is_derive_ext
               (fun t => kernel d (line (w i) (dw i) t) (line (teacher p) (fun _ => 0) t))).
      + intros. rewrite line_teacher. reflexivity.
      + eapply derive_value; [apply is_derive_kernel_line|].
        rewrite line_teacher, k1_zero. unfold x, move_w. ring. }
  cbv beta. unfold force. fold b.
  change (fun j => line (w j) (dw j) t) with x.
  rewrite sum_scal.
  rewrite (sum_ext n _ (fun j => da j * kernel d (x i) (x j)
    + (2 / PI * (b j * k1 d (x j) (x i) (dw j)) + 2 / PI * (b j * k1 d (x i) (x j) (dw i))))).
  - rewrite !sum_plus, !sum_scal. ring.
  - intros j _. unfold x, b, move_w. ring.
Qed.

Lemma is_derive_force : forall n k d a w da dw i t,
  let b := move_a a da t in
  let x := move_w w dw t in
  is_derive (fun t => force n k d (move_a a da t) (move_w w dw t) i (dw i)) t
    (2 / PI * (sum n (fun j => da j * k1 d (x i) (x j) (dw i))
      + (sum n (fun j => b j * k2 d (x i) (x j) (dw i) (dw j))
         - sum k (fun p => k2 d (x i) (teacher p) (dw i) (fun _ => 0))))).
Proof.
  intros. unfold force. apply derive_scal.
  eapply derive_value.
  { apply derive_minus.
    - apply (is_derive_sum n (fun j t => move_a a da t j
        * k1 d (move_w w dw t i) (move_w w dw t j) (dw i))
        (fun j => da j * k1 d (x i) (x j) (dw i) + b j * k2 d (x i) (x j) (dw i) (dw j))).
      intros j _.
      apply (derive_mult (fun t => move_a a da t j)
               (fun t => k1 d (move_w w dw t i) (move_w w dw t j) (dw i)) t (da j)).
      + unfold move_a. auto_derive; [exact I | ring].
      + apply is_derive_k1_line.
    - apply (is_derive_sum k (fun p t => k1 d (move_w w dw t i) (teacher p) (dw i))
               (fun p => k2 d (x i) (teacher p) (dw i) (fun _ => 0))). intros p _.
      apply (is_derive_ext
               (fun t => k1 d (line (w i) (dw i) t) (line (teacher p) (fun _ => 0) t) (dw i))).
      + intros. rewrite line_teacher. reflexivity.
      + eapply derive_value; [apply is_derive_k1_line|].
        rewrite line_teacher. reflexivity. }
  cbv beta. rewrite sum_plus. ring.
Qed.

(** The second derivative of the loss along every line, at every point. *)
Theorem loss_second_derivative : forall n k d a w da dw t,
  is_derive_n (fun t => loss n k d (move_a a da t) (move_w w dw t)) 2 t
    (hessian n k d (move_a a da t) (move_w w dw t) da dw).
Proof.
  intros n k d a w da dw t. simpl.
  apply (is_derive_ext (fun t => 2 * sum n (fun i =>
       da i * residual n k d (move_a a da t) (move_w w dw t) i
       + move_a a da t i * force n k d (move_a a da t) (move_w w dw t) i (dw i)))).
  { intros x. symmetry. apply is_derive_unique, loss_derivative. }
  set (b := move_a a da t). set (x := move_w w dw t).
  eapply derive_value.
  { apply derive_scal.
    apply (is_derive_sum n (fun i t =>
       da i * residual n k d (move_a a da t) (move_w w dw t) i
       + move_a a da t i * force n k d (move_a a da t) (move_w w dw t) i (dw i))). intros i _.
    apply derive_plus.
    - apply derive_scal. apply is_derive_residual.
    - apply (derive_mult (fun t => move_a a da t i)
        (fun t => force n k d (move_a a da t) (move_w w dw t) i (dw i)) t (da i)).
      + unfold move_a. auto_derive; [exact I | ring].
      + apply is_derive_force. }
  cbv beta zeta. fold b x. unfold hessian.
  set (S1 := fun i => da i * sum n (fun j => da j * kernel d (x i) (x j))).
  set (S2 := fun i => da i * force n k d b x i (dw i)).
  set (S3 := fun i => da i * sum n (fun j => b j * k1 d (x j) (x i) (dw j))).
  set (S4 := fun i => b i * (sum n (fun j => b j * k2 d (x i) (x j) (dw i) (dw j))
       - sum k (fun p => k2 d (x i) (teacher p) (dw i) (fun _ => 0)))).
  set (S5 := fun i => b i * sum n (fun j => da j * k1 d (x i) (x j) (dw i))).
  rewrite (sum_ext n _ (fun i => S1 i + (2 / PI * S3 i + (S2 i + (S2 i
                         + (2 / PI * S5 i + 2 / PI * S4 i))))))
    by (intros i _; unfold S1, S2, S3, S4, S5; ring).
  rewrite !sum_plus, !sum_scal.
  assert (E : sum n S5 = sum n S3).
  { unfold S5, S3.
    rewrite (sum_ext n (fun i => b i * _)
      (fun i => sum n (fun j => b i * (da j * k1 d (x i) (x j) (dw i)))))
      by (intros; rewrite sum_scal; reflexivity).
    rewrite (sum_ext n (fun i => da i * _)
      (fun i => sum n (fun j => da i * (b j * k1 d (x j) (x i) (dw j)))))
      by (intros; rewrite sum_scal; reflexivity).
    rewrite sum_swap. apply sum_ext. intros i _. apply sum_ext. intros j _. ring. }
  rewrite E. ring.
Qed.
