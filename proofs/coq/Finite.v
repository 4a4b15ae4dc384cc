(** Finitely many numbers: sums in another order, choice, a common bound. *)

From Coq Require Import Reals Arith Lia Lra.
From CopyAvg Require Import Sums.
Local Open Scope R_scope.

Lemma sum_abs n f : Rabs (sum n f) <= sum n (fun i => Rabs (f i)).
Proof.
  induction n as [| n IH]; simpl; [rewrite Rabs_R0; lra |].
  apply Rle_trans with (1 := Rabs_triang _ _). lra.
Qed.

(** The terms of a sum in front of the others. *)
Lemma sum_head n f : sum (S n) f = f O + sum n (fun i => f (S i)).
Proof.
  induction n as [| n IH]; [simpl; ring |].
  change (sum (S (S n)) f) with (sum (S n) f + f (S n)). rewrite IH. simpl. ring.
Qed.

(** The k-th term taken out of a sum. *)
Definition skip (k j : nat) : nat := if (j <? k)%nat then j else S j.

Lemma sum_take n k f :
  (k <= n)%nat -> sum (S n) f = f k + sum n (fun j => f (skip k j)).
Proof.
  unfold skip. revert k. induction n as [| n IH]; intros k Hk.
  - assert (k = O) by lia. subst. simpl. ring.
  - destruct (Nat.eq_dec k (S n)) as [-> | Hn].
    + change (sum (S (S n)) f) with (sum (S n) f + f (S n)). rewrite Rplus_comm. f_equal.
      apply sum_ext. intros i Hi. destruct (Nat.ltb_spec i (S n)); [reflexivity | lia].
    + change (sum (S (S n)) f) with (sum (S n) f + f (S n)). rewrite (IH k) by lia. simpl.
      destruct (Nat.ltb_spec n k); [lia |]. ring.
Qed.

(** Finite choice needs no axiom. *)
Lemma finite_choice (A : Type) (a0 : A) (n : nat) (P : nat -> A -> Prop) :
  (forall i, (i < n)%nat -> exists y, P i y) ->
  exists f : nat -> A, forall i, (i < n)%nat -> P i (f i).
Proof.
  induction n as [| n IH]; intros H.
  - exists (fun _ => a0). intros; lia.
  - destruct IH as [f Hf]; [intros; apply H; lia |].
    destruct (H n) as [y Hy]; [lia |].
    exists (fun i => if Nat.eq_dec i n then y else f i).
    intros i Hi. destruct (Nat.eq_dec i n) as [-> | Hn]; [exact Hy | apply Hf; lia].
Qed.

(** Finitely many numbers below 1 have a bound below 1. *)
Lemma finite_bound n f :
  (forall i, (i < n)%nat -> f i < 1) ->
  exists q, 0 <= q < 1 /\ forall i, (i < n)%nat -> f i <= q.
Proof.
  induction n as [| n IH]; intros H.
  - exists 0. split; [lra | intros; lia].
  - destruct IH as [q [Hq Hf]]; [intros; apply H; lia |].
    assert (Hn : f n < 1) by (apply H; lia).
    exists (Rmax q (f n)). split.
    + split; [apply Rle_trans with (2 := Rmax_l _ _); lra | apply Rmax_lub_lt; lra].
    + intros i Hi. destruct (Nat.eq_dec i n) as [-> | Hne]; [apply Rmax_r |].
      apply Rle_trans with (2 := Rmax_l _ _). apply Hf. lia.
Qed.
