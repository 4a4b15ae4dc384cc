(** Among all lists of n positive integers with sum k, the total loss is least
    at n-1 copies and one average of the other k-n+1 teachers. This holds for every
    loss f(l) of a bucket that is 0 for a copy and strictly concave on l >= 1; L is
    one of them. *)

From Coq Require Import Reals Lra Lia List Permutation.
From CopyAvg Require Import Kernel Concavity.
Import ListNotations.
Open Scope R_scope.

Definition total (l : list nat) : nat := fold_right plus 0%nat l.

Definition positive (l : list nat) : Prop := Forall (fun m => (1 <= m)%nat) l.

Lemma INR_above_half : forall m, (1 <= m)%nat -> 1 / 2 < INR m.
Proof. intros m Hm. apply le_INR in Hm. simpl in Hm. lra. Qed.

Lemma total_ge_length : forall l, positive l -> (length l <= total l)%nat.
Proof.
  induction l as [|m l IH]; intros H; simpl; [lia|].
  pose proof (Forall_inv H) as Hm; pose proof (Forall_inv_tail H) as Hl; simpl in Hm. specialize (IH Hl). unfold total in *. lia.
Qed.

(** The sum of f over a list. *)
Definition total_loss (f : R -> R) (l : list nat) : R :=
  fold_right (fun m r => f (INR m) + r) 0 l.

(** n-1 copies and one average, for the sum k. *)
Definition copies_and_average (n k : nat) : list nat :=
  (k - n + 1)%nat :: repeat 1%nat (n - 1).

Section ConcaveLoss.

Variable f : R -> R.
Hypothesis f_copy : f 1 = 0.
Hypothesis f_concave : forall x y t, 1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 ->
  t * f x + (1 - t) * f y < f (t * x + (1 - t) * y).

Let total_loss := total_loss f.

(** Moving all but one teacher of a bucket to another lowers the loss. *)
Lemma merging_lowers : forall a b : nat, (2 <= a)%nat -> (2 <= b)%nat ->
  f (INR (a + b - 1)) + f 1 < f (INR a) + f (INR b).
Proof.
  intros a b Ha Hb.
  rewrite minus_INR, plus_INR by lia. simpl (INR 1).
  assert (Ha2 : 2 <= INR a) by (apply (le_INR 2); exact Ha).
  assert (Hb2 : 2 <= INR b) by (apply (le_INR 2); exact Hb).
  set (x := INR a) in *. set (y := INR b) in *.
  assert (Hm : 0 < x + y - 2) by lra.
  assert (Ht : forall z, 1 < z -> z < x + y - 1 ->
    (x + y - 1 - z) / (x + y - 2) * f 1
    + (1 - (x + y - 1 - z) / (x + y - 2)) * f (x + y - 1) < f z).
  { intros z H1 H2.
    replace z with ((x + y - 1 - z) / (x + y - 2) * 1
                    + (1 - (x + y - 1 - z) / (x + y - 2)) * (x + y - 1)) at 3
      by (field; lra).
    apply f_concave; try lra.
    split.
    - apply Rdiv_lt_0_compat; lra.
    - apply Rmult_lt_reg_r with (x + y - 2); [lra|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  pose proof (Ht x ltac:(lra) ltac:(lra)) as Hx.
  pose proof (Ht y ltac:(lra) ltac:(lra)) as Hy.
  assert (E : (x + y - 1 - x) / (x + y - 2) + (x + y - 1 - y) / (x + y - 2) = 1)
    by (field; lra).
  set (tx := (x + y - 1 - x) / (x + y - 2)) in *.
  set (ty := (x + y - 1 - y) / (x + y - 2)) in *.
  replace tx with (1 - ty) in * by lra.
  lra.
Qed.

Lemma total_loss_copies : forall m, total_loss (repeat 1%nat m) = 0.
Proof.
  induction m as [|m IH]; simpl; [reflexivity|].
  unfold total_loss in *. rewrite IH. simpl. rewrite f_copy. ring.
Qed.

Lemma total_loss_copies_and_average : forall n k,
  total_loss (copies_and_average n k) = f (INR (k - n + 1)).
Proof.
  intros n k.
  change (f (INR (k - n + 1)) + total_loss (repeat 1%nat (n - 1)) = f (INR (k - n + 1))).
  rewrite total_loss_copies. ring.
Qed.

Lemma total_loss_permutation : forall l m,
  Permutation l m -> total_loss l = total_loss m.
Proof.
  intros l m H. induction H; simpl; unfold total_loss in *; simpl; try lra.
Qed.

(** For every partition of k into n parts, the sum of f over the parts is at
    least f(k-n+1). *)
Lemma best_partition : forall l : list nat, l <> [] -> positive l ->
  f (INR (total l - length l + 1)) <= total_loss l.
Proof.
  induction l as [|a l IH]; intros Hne Hp; [contradiction|].
  pose proof (Forall_inv Hp) as Ha; pose proof (Forall_inv_tail Hp) as Hl; simpl in Ha.
  destruct l as [|b l'].
  - simpl. replace (a + 0 - 1 + 1)%nat with a by lia. lra.
  - set (l := b :: l') in *.
    assert (IH' : f (INR (total l - length l + 1)) <= total_loss l)
      by (apply IH; [discriminate | exact Hl]).
    pose proof (total_ge_length l Hl) as Hlen.
    change (total_loss (a :: l)) with (f (INR a) + total_loss l).
    change (total (a :: l)) with (a + total l)%nat.
    change (length (a :: l)) with (S (length l)).
    set (m := (total l - length l + 1)%nat) in *.
    replace (a + total l - S (length l) + 1)%nat with (a + m - 1)%nat by lia.
    assert (Hm : (1 <= m)%nat) by lia.
    destruct (Nat.eq_dec a 1) as [->|Ha1].
    + replace (1 + m - 1)%nat with m by lia. simpl (INR 1).
      rewrite f_copy. lra.
    + destruct (Nat.eq_dec m 1) as [Em|Hm1].
      * rewrite Em in *. replace (a + 1 - 1)%nat with a by lia.
        change (INR 1) with 1 in IH'. rewrite f_copy in IH'. lra.
      * pose proof (merging_lowers a m ltac:(lia) ltac:(lia)) as Hmerge.
        rewrite f_copy in Hmerge. lra.
Qed.

Lemma all_ones : forall l, positive l -> total l = length l ->
  l = repeat 1%nat (length l).
Proof.
  induction l as [|a l IH]; intros Hp E; simpl in *; [reflexivity|].
  pose proof (Forall_inv Hp) as Ha; pose proof (Forall_inv_tail Hp) as Hl; simpl in Ha. pose proof (total_ge_length l Hl).
  unfold total in *. replace a with 1%nat by lia. f_equal. apply IH; [exact Hl|].
  unfold total. lia.
Qed.

(** Equality holds exactly at the permutations of (1, ..., 1, k-n+1). *)
Lemma best_partition_unique : forall l : list nat, l <> [] -> positive l ->
  (total_loss l = f (INR (total l - length l + 1)) <->
   Permutation l (copies_and_average (length l) (total l))).
Proof.
  intros l Hne Hp. split.
  - induction l as [|a l IH]; [contradiction|]. intros E.
    pose proof (Forall_inv Hp) as Ha; pose proof (Forall_inv_tail Hp) as Hl; simpl in Ha.
    destruct l as [|b l'].
    + simpl. unfold copies_and_average. simpl.
      replace (a + 0 - 1 + 1)%nat with a by lia. apply Permutation_refl.
    + set (l := b :: l') in *.
      assert (Hnel : l <> []) by discriminate.
      pose proof (best_partition l Hnel Hl) as IH'.
      pose proof (total_ge_length l Hl) as Hlen.
      assert (Hll : (1 <= length l)%nat) by (unfold l; simpl; lia).
      change (total_loss (a :: l)) with (f (INR a) + total_loss l) in E.
      change (total (a :: l)) with (a + total l)%nat in *.
      change (length (a :: l)) with (S (length l)) in *.
      unfold copies_and_average in *.
      set (m := (total l - length l + 1)%nat) in *.
      replace (a + total l - S (length l) + 1)%nat with (a + m - 1)%nat in * by lia.
      replace (S (length l) - 1)%nat with (length l) by lia.
      assert (Hm : (1 <= m)%nat) by lia.
      destruct (Nat.eq_dec a 1) as [Ea|Ha1].
      * subst a. replace (1 + m - 1)%nat with m in * by lia.
        change (INR 1) with 1 in E. rewrite f_copy in E.
        assert (El : total_loss l = f (INR m)) by lra.
        specialize (IH Hnel Hl El).
        replace (length l) with (S (length l - 1)) at 1 by lia. simpl.
        eapply Permutation_trans; [apply perm_skip, IH | apply perm_swap].
      * destruct (Nat.eq_dec m 1) as [Em|Hm1].
        { replace (a + m - 1)%nat with a by lia.
          rewrite (all_ones l Hl) at 1 by lia. apply Permutation_refl. }
        { pose proof (merging_lowers a m ltac:(lia) ltac:(lia)) as Hmerge.
          rewrite f_copy in Hmerge. exfalso. lra. }
  - intros H. rewrite (total_loss_permutation _ _ H).
    apply total_loss_copies_and_average.
Qed.

End ConcaveLoss.

(** ** The loss L *)

(** The loss at a copy-average point with these bucket sizes, see CopyAverage.v. *)
Definition partition_loss (l : list nat) : R := total_loss L l.

Lemma L_concave_from_1 : forall x y t, 1 <= x -> 1 <= y -> x <> y -> 0 < t < 1 ->
  t * L x + (1 - t) * L y < L (t * x + (1 - t) * y).
Proof. intros. apply loss_strictly_concave; lra || assumption. Qed.

(** Moving all but one teacher of a bucket to another lowers the loss. *)
Theorem merging_lowers_loss : forall a b : nat, (2 <= a)%nat -> (2 <= b)%nat ->
  L (INR (a + b - 1)) + L 1 < L (INR a) + L (INR b).
Proof. apply merging_lowers, L_concave_from_1. Qed.

(** For every partition of k into n parts, the sum of L over the parts is at
    least L(k-n+1). *)
Theorem optimal_partition : forall l : list nat, l <> [] -> positive l ->
  L (INR (total l - length l + 1)) <= partition_loss l.
Proof. apply best_partition; [apply loss_of_a_copy | apply L_concave_from_1]. Qed.

(** Equality holds exactly at the permutations of (1, ..., 1, k-n+1). *)
Theorem optimal_partition_unique : forall l : list nat, l <> [] -> positive l ->
  (partition_loss l = L (INR (total l - length l + 1)) <->
   Permutation l (copies_and_average (length l) (total l))).
Proof. apply best_partition_unique; [apply loss_of_a_copy | apply L_concave_from_1]. Qed.
