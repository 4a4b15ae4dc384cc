(** Finite sums of reals over the indices 0, ..., n-1. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => sum m f + f m
  end.

Lemma sum_ext : forall n f g,
  (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n as [|n IH]; intros f g H; simpl; [reflexivity|].
  rewrite (IH f g) by (intros i Hi; apply H; lia).
  rewrite (H n) by lia. reflexivity.
Qed.

Lemma sum_zero : forall n f, (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof.
  induction n as [|n IH]; intros f H; simpl; [reflexivity|].
  rewrite IH by (intros i Hi; apply H; lia). rewrite (H n) by lia. ring.
Qed.

Lemma sum_plus : forall n f g, sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [|n IH]; intros f g; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_minus : forall n f g, sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n as [|n IH]; intros f g; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_scal : forall n c f, sum n (fun i => c * f i) = c * sum n f.
Proof. induction n as [|n IH]; intros c f; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_scal_r : forall n c f, sum n (fun i => f i * c) = sum n f * c.
Proof. induction n as [|n IH]; intros c f; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_const : forall n c, sum n (fun _ => c) = INR n * c.
Proof.
  induction n as [|n IH]; intros c; [simpl; ring|].
  rewrite S_INR. simpl. rewrite IH. ring.
Qed.

Lemma sum_swap : forall n m (f : nat -> nat -> R),
  sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n as [|n IH]; intros m f; simpl.
  - symmetry. apply sum_zero. reflexivity.
  - rewrite IH, <- sum_plus. reflexivity.
Qed.

Lemma sum_le : forall n f g,
  (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n as [|n IH]; intros f g H; simpl; [lra|].
  apply Rplus_le_compat; [apply IH; intros i Hi|]; apply H; lia.
Qed.

Lemma sum_nonneg : forall n f, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros n f H. rewrite <- (sum_zero n (fun _ => 0)) by reflexivity.
  apply sum_le, H.
Qed.

(** If [f <= g] termwise and the sums agree, all terms agree. *)
Lemma sum_le_eq : forall n f g,
  (forall i, (i < n)%nat -> f i <= g i) -> sum n f = sum n g ->
  forall i, (i < n)%nat -> f i = g i.
Proof.
  induction n as [|n IH]; intros f g H E i Hi; [lia|].
  simpl in E.
  assert (H1 : sum n f <= sum n g) by (apply sum_le; intros; apply H; lia).
  assert (H2 : f n <= g n) by (apply H; lia).
  assert (Hn : i = n \/ (i < n)%nat) by lia.
  destruct Hn as [->|Hn]; [lra|].
  apply IH; [intros; apply H; lia | lra | exact Hn].
Qed.

Lemma sum_nonneg_zero : forall n f,
  (forall i, (i < n)%nat -> 0 <= f i) -> sum n f = 0 ->
  forall i, (i < n)%nat -> f i = 0.
Proof.
  intros n f H E i Hi. symmetry.
  apply (sum_le_eq n (fun _ => 0) f); [exact H | | exact Hi].
  rewrite E. apply sum_zero. reflexivity.
Qed.

(** A term of a sum of nonnegative terms is at most the sum. *)
Lemma sum_term_le : forall n f i,
  (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> f i <= sum n f.
Proof.
  induction n as [|n IH]; intros f i H Hi; [lia|]. simpl.
  assert (Hs : 0 <= sum n f) by (apply sum_nonneg; intros; apply H; lia).
  assert (Hf : 0 <= f n) by (apply H; lia).
  assert (Hn : i = n \/ (i < n)%nat) by lia.
  destruct Hn as [->|Hn]; [lra|].
  assert (f i <= sum n f) by (apply IH; [intros; apply H; lia | exact Hn]). lra.
Qed.

(** One index picked out of a sum. *)
Lemma sum_single : forall n i f,
  (i < n)%nat -> (forall j, (j < n)%nat -> j <> i -> f j = 0) -> sum n f = f i.
Proof.
  induction n as [|n IH]; intros i f Hi H; [lia|]. simpl.
  assert (Hn : i = n \/ (i < n)%nat) by lia.
  destruct Hn as [->|Hn].
  - rewrite sum_zero by (intros j Hj; apply H; lia). ring.
  - rewrite (IH i f Hn) by (intros j Hj Hne; apply H; lia).
    rewrite (H n) by lia. ring.
Qed.

(** A sum over [d >= k] indices whose terms from [k] on vanish. *)
Lemma sum_truncate : forall k d f,
  (k <= d)%nat -> (forall q, (k <= q < d)%nat -> f q = 0) -> sum d f = sum k f.
Proof.
  intros k d f Hkd H. induction Hkd as [|d Hkd IH]; [reflexivity|].
  simpl. rewrite IH by (intros q Hq; apply H; lia). rewrite (H d) by lia. ring.
Qed.

Lemma sum_split : forall k d f, (k <= d)%nat ->
  sum d f = sum k f + sum (d - k) (fun q => f (k + q)%nat).
Proof.
  intros k d f Hkd. replace d with (k + (d - k))%nat at 1 by lia.
  induction (d - k)%nat as [|m IH].
  - rewrite Nat.add_0_r. simpl. ring.
  - rewrite Nat.add_succ_r. simpl. rewrite IH. ring.
Qed.

Lemma sum_prefix_le : forall k d f,
  (k <= d)%nat -> (forall q, 0 <= f q) -> sum k f <= sum d f.
Proof.
  intros k d f Hkd H. induction Hkd as [|d Hkd IH]; simpl; [lra|].
  pose proof (H d). lra.
Qed.

(** If the longer sum is not larger, the terms from k on vanish. *)
Lemma sum_prefix_eq : forall k d f,
  (k <= d)%nat -> (forall q, 0 <= f q) -> sum k f = sum d f ->
  forall q, (k <= q < d)%nat -> f q = 0.
Proof.
  intros k d f Hkd H. induction Hkd as [|d Hkd IH]; simpl; intros E q Hq; [lia|].
  pose proof (H d). pose proof (sum_prefix_le k d f Hkd H).
  assert (Hn : q = d \/ (q < d)%nat) by lia.
  destruct Hn as [->|Hn]; [lra | apply IH; [lra | lia]].
Qed.

(** The sum over all indices, grouped by the value of [b]. *)
Lemma sum_by_bucket : forall n k (b : nat -> nat) f,
  (forall p, (p < k)%nat -> (b p < n)%nat) ->
  sum k f = sum n (fun j => sum k (fun p => if Nat.eqb (b p) j then f p else 0)).
Proof.
  intros n k b f Hb. rewrite sum_swap. apply sum_ext. intros p Hp. symmetry.
  rewrite (sum_single n (b p)).
  - rewrite Nat.eqb_refl. reflexivity.
  - apply Hb, Hp.
  - intros j _ Hj. destruct (Nat.eqb_spec (b p) j); [congruence | reflexivity].
Qed.

(** Cauchy's inequality, by the discriminant of sum (x_i t + y_i)^2. *)
Lemma sum_cauchy : forall n x y,
  (sum n (fun i => x i * y i))² <= sum n (fun i => (x i)²) * sum n (fun i => (y i)²).
Proof.
  intros n x y.
  set (A := sum n (fun i => (x i)²)). set (B := sum n (fun i => x i * y i)).
  set (C := sum n (fun i => (y i)²)).
  assert (HA : 0 <= A) by (apply sum_nonneg; intros; apply Rle_0_sqr).
  assert (HC : 0 <= C) by (apply sum_nonneg; intros; apply Rle_0_sqr).
  assert (Hq : forall s t, 0 <= s * s * A - 2 * s * t * B + t * t * C).
  { intros s t.
    replace (s * s * A - 2 * s * t * B + t * t * C)
      with (sum n (fun i => (s * x i - t * y i)²)).
    - apply sum_nonneg. intros. apply Rle_0_sqr.
    - unfold A, B, C. rewrite <- !sum_scal, <- sum_minus, <- sum_plus.
      apply sum_ext. intros. unfold Rsqr. ring. }
  destruct (Req_dec A 0) as [HA0|HA0].
  - rewrite HA0 in *. unfold Rsqr.
    destruct (Req_dec B 0) as [->|HB]; [lra|].
    pose proof (Hq (C + 1) (2 * B)) as H. pose proof (Rsqr_pos_lt B HB) as H'.
    unfold Rsqr in H'. exfalso. nra.
  - pose proof (Hq B A) as H. unfold Rsqr. nra.
Qed.

(** Derivatives of sums, term by term. *)
Lemma is_derive_sum : forall n (f : nat -> R -> R) (df : nat -> R) t,
  (forall i, (i < n)%nat -> is_derive (f i) t (df i)) ->
  is_derive (fun t => sum n (fun i => f i t)) t (sum n df).
Proof.
  induction n as [|n IH]; intros f df t H; simpl.
  - apply (is_derive_const 0).
  - apply (is_derive_plus (fun t => sum n (fun i => f i t)) (f n)).
    + apply IH. intros; apply H; lia.
    + apply H; lia.
Qed.

(** The value of a derivative may be rewritten. *)
Lemma derive_value : forall (f : R -> R) (t l l' : R),
  is_derive f t l -> l = l' -> is_derive f t l'.
Proof. intros f t l l' H E. rewrite <- E. exact H. Qed.

Lemma derive_mult : forall (f g : R -> R) (t f' g' : R),
  is_derive f t f' -> is_derive g t g' ->
  is_derive (fun t => f t * g t) t (f' * g t + f t * g').
Proof. intros. apply (is_derive_mult f g); auto. intros; apply Rmult_comm. Qed.

Lemma derive_plus : forall (f g : R -> R) (t f' g' : R),
  is_derive f t f' -> is_derive g t g' -> is_derive (fun t => f t + g t) t (f' + g').
Proof. intros. apply (is_derive_plus f g); auto. Qed.

Lemma derive_minus : forall (f g : R -> R) (t f' g' : R),
  is_derive f t f' -> is_derive g t g' -> is_derive (fun t => f t - g t) t (f' - g').
Proof. intros. apply (is_derive_minus f g); auto. Qed.

Lemma derive_scal : forall (f : R -> R) (c t f' : R),
  is_derive f t f' -> is_derive (fun t => c * f t) t (c * f').
Proof. intros. apply (is_derive_scal f); auto. Qed.

Lemma derive_const : forall (c t : R), is_derive (fun _ => c) t 0.
Proof. intros. apply (is_derive_const c). Qed.

Lemma derive_div : forall (f g : R -> R) (t f' g' : R),
  is_derive f t f' -> is_derive g t g' -> g t <> 0 ->
  is_derive (fun t => f t / g t) t ((f' * g t - f t * g') / (g t * g t)).
Proof.
  intros f g t f' g' Hf Hg Hne.
  apply (derive_value _ _ ((f' * g t - f t * g') / g t ^ 2)).
  - apply (is_derive_div f g); auto.
  - f_equal. ring.
Qed.

Lemma derive_comp : forall (f g : R -> R) (t f' g' : R),
  is_derive f (g t) f' -> is_derive g t g' ->
  is_derive (fun t => f (g t)) t (g' * f').
Proof. intros. apply (is_derive_comp f g); auto. Qed.

Lemma derive_sqrt : forall (f : R -> R) (t f' : R),
  is_derive f t f' -> 0 < f t ->
  is_derive (fun t => sqrt (f t)) t (f' / (2 * sqrt (f t))).
Proof. intros. apply (is_derive_sqrt f); auto. Qed.
