(** The inertia of a quadratic form by the signs of its pivots.

    Eliminating one variable after the other (LDLᵀ) writes a form as the sum of its
    pivots times squares of new coordinates, which take all values (Sylvester). So a form
    with positive pivots is positive definite, and a negative pivot gives a direction in
    which the form is negative. *)

From Coq Require Import Reals Arith Lia Lra.
From CopyAvg Require Import Sums Finite.
Local Open Scope R_scope.

Definition matrix := nat -> nat -> R.

(** xᵀ A x for an n×n matrix. *)
Definition form (n : nat) (A : matrix) (x : nat -> R) : R :=
  sum n (fun i => sum n (fun j => A i j * x i * x j)).

Definition symmetric (n : nat) (A : matrix) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> A i j = A j i.

Definition positive_definite (n : nat) (A : matrix) : Prop :=
  forall x, (exists i, (i < n)%nat /\ x i <> 0) -> 0 < form n A x.

(** What is left of A when its first row is eliminated: the Schur complement. *)
Definition schur (A : matrix) : matrix :=
  fun i j => A (S i) (S j) - A (S i) O * A O (S j) / A O O.

Definition tail (x : nat -> R) : nat -> R := fun i => x (S i).

(** The k-th pivot. *)
Fixpoint pivot (A : matrix) (k : nat) : R :=
  match k with
  | O => A O O
  | S k => pivot (schur A) k
  end.

(** The k-th of the new coordinates of x: the components of Lᵀx. *)
Fixpoint coordinate (n : nat) (A : matrix) (x : nat -> R) (k : nat) : R :=
  match k with
  | O => x O + sum (pred n) (fun j => A O (S j) / A O O * x (S j))
  | S k => coordinate (pred n) (schur A) (tail x) k
  end.

Lemma schur_symmetric n A : symmetric (S n) A -> symmetric n (schur A).
Proof.
  intros H i j Hi Hj. unfold schur.
  rewrite (H (S i) (S j)), (H (S i) O), (H O (S j)) by lia. unfold Rdiv. ring.
Qed.

(** One step of the elimination: a square is completed. *)
Lemma complete_square n A x : symmetric (S n) A -> A O O <> 0 ->
  form (S n) A x =
    A O O * (x O + sum n (fun j => A O (S j) / A O O * x (S j)))²
    + form n (schur A) (tail x).
Proof.
  intros H Z. unfold form. rewrite sum_head.
  rewrite (sum_head n (fun j => A O j * x O * x j)).
  rewrite (sum_ext n (fun i => sum (S n) (fun j => A (S i) j * x (S i) * x j))
    (fun i => x O * (A O (S i) * x (S i)) + sum n (fun j => A (S i) (S j) * x (S i) * x (S j)))).
  2:{ intros i Hi. rewrite sum_head. rewrite (H (S i) O) by lia. ring. }
  rewrite sum_plus.
  rewrite sum_scal.
  rewrite (sum_ext n (fun j => A O (S j) * x O * x (S j))
    (fun j => x O * (A O (S j) * x (S j)))) by (intros; ring).
  rewrite sum_scal.
  set (T := sum n (fun j => A O (S j) * x (S j))).
  rewrite (sum_ext n (fun j => A O (S j) / A O O * x (S j))
    (fun j => / A O O * (A O (S j) * x (S j)))) by (intros; unfold Rdiv; ring).
  rewrite sum_scal. fold T.
  rewrite (sum_ext n (fun i => sum n (fun j => schur A i j * tail x i * tail x j))
    (fun i => sum n (fun j => A (S i) (S j) * x (S i) * x (S j))
      - / A O O * (T * (A O (S i) * x (S i))))).
  - rewrite sum_minus, sum_scal, sum_scal. fold T. unfold Rsqr. field. exact Z.
  - intros i Hi. unfold T. rewrite <- sum_scal_r, <- sum_scal, <- sum_minus.
    apply sum_ext. intros j Hj. unfold schur, tail. rewrite (H (S i) O) by lia.
    unfold Rdiv. ring.
Qed.

(** *** LDLᵀ: the form is Σ pivot_k · coordinate_k² *)
Theorem ldl n : forall A x, symmetric n A ->
  (forall k, (k < n)%nat -> pivot A k <> 0) ->
  form n A x = sum n (fun k => pivot A k * (coordinate n A x k)²).
Proof.
  induction n as [| n IH]; intros A x H P; [reflexivity |].
  rewrite complete_square by (auto; apply (P O); lia).
  rewrite IH.
  - rewrite (sum_head n (fun k => pivot A k * (coordinate (S n) A x k)²)). reflexivity.
  - now apply schur_symmetric.
  - intros k Hk. apply (P (S k)). lia.
Qed.

(** The new coordinates take all values. *)
Theorem coordinates_onto n : forall A z,
  exists x, (forall k, (k < n)%nat -> coordinate n A x k = z k) /\
    forall k, (n <= k)%nat -> x k = 0.
Proof.
  induction n as [| n IH]; intros A z.
  - exists (fun _ => 0). split; [intros; lia | auto].
  - destruct (IH (schur A) (fun k => z (S k))) as [y [Hy Hz]].
    exists (fun k => match k with
      | O => z O - sum n (fun j => A O (S j) / A O O * y j)
      | S k => y k
      end).
    split.
    + intros [| k] Hk; [simpl; ring |]. apply Hy. lia.
    + intros [| k] Hk; [lia |]. apply Hz. lia.
Qed.

(** They are 0 only at 0. *)
Theorem coordinates_injective n : forall A x,
  (forall k, (k < n)%nat -> coordinate n A x k = 0) ->
  forall k, (k < n)%nat -> x k = 0.
Proof.
  induction n as [| n IH]; intros A x H; [intros; lia |].
  assert (T : forall k, (k < n)%nat -> x (S k) = 0).
  { apply (IH (schur A) (tail x)). intros k Hk. apply (H (S k)). lia. }
  intros [| k] Hk; [| apply T; lia].
  assert (E := H O Hk). simpl in E. rewrite sum_zero in E; [lra |].
  intros j Hj. rewrite T by auto. ring.
Qed.

(** *** Positive pivots: the form is positive definite *)
Theorem positive_pivots n A : symmetric n A ->
  (forall k, (k < n)%nat -> 0 < pivot A k) -> positive_definite n A.
Proof.
  intros H P x [i [Hi Hx]].
  rewrite ldl by (auto; intros k Hk; specialize (P k Hk); lra).
  assert (N : forall k, (k < n)%nat -> 0 <= pivot A k * (coordinate n A x k)²).
  { intros k Hk. apply Rmult_le_pos; [left; auto | apply Rle_0_sqr]. }
  destruct (Rle_lt_or_eq_dec 0 _ (sum_nonneg n _ N)) as [L | E]; [exact L | exfalso].
  apply Hx. apply (coordinates_injective n A x); auto.
  intros k Hk. assert (Z := sum_nonneg_zero n _ N (eq_sym E) k Hk). cbv beta in Z.
  apply Rsqr_0_uniq. specialize (P k Hk).
  apply Rmult_integral in Z. destruct Z; [lra | assumption].
Qed.

Lemma form_truncate m n A x : (m <= n)%nat -> (forall k, (m <= k)%nat -> x k = 0) ->
  form n A x = form m A x.
Proof.
  intros L Z. unfold form. rewrite (sum_truncate m n); auto.
  - apply sum_ext. intros i Hi. apply sum_truncate; auto.
    intros j Hj. rewrite (Z j) by lia. ring.
  - intros i Hi. apply sum_zero. intros j Hj. rewrite (Z i) by lia. ring.
Qed.

(** *** A negative pivot: the form is negative in some direction *)
Theorem negative_pivot n A k : symmetric n A -> (k < n)%nat ->
  (forall j, (j < k)%nat -> pivot A j <> 0) -> pivot A k < 0 ->
  exists x, form n A x < 0.
Proof.
  intros H L P N.
  destruct (coordinates_onto (S k) A (fun j => if Nat.eq_dec j k then 1 else 0))
    as [x [Hx Z]].
  exists x. rewrite (form_truncate (S k) n) by (auto; lia).
  rewrite ldl.
  - rewrite (sum_single (S k) k); [| lia |].
    + rewrite Hx by lia. destruct (Nat.eq_dec k k); [| lia]. unfold Rsqr. lra.
    + intros j Hj Hne. rewrite Hx by lia. destruct (Nat.eq_dec j k); [lia |].
      unfold Rsqr. ring.
  - intros i j Hi Hj. apply H; lia.
  - intros j Hj. destruct (Nat.eq_dec j k) as [-> | D]; [lra | apply P; lia].
Qed.

(** A diagonal entry is the value of the form at a unit vector. *)
Theorem negative_diagonal n A k : (k < n)%nat -> A k k < 0 -> exists x, form n A x < 0.
Proof.
  intros L N. exists (fun i => if Nat.eq_dec i k then 1 else 0).
  unfold form. rewrite (sum_single n k); auto.
  - rewrite (sum_single n k); auto.
    + destruct (Nat.eq_dec k k); [lra | lia].
    + intros j _ D. destruct (Nat.eq_dec j k); [lia | ring].
  - intros i _ D. apply sum_zero. intros j _. destruct (Nat.eq_dec i k); [lia | ring].
Qed.
