(** The sign of a quadratic form by LDLᵀ in interval arithmetic. *)

From Coq Require Import Reals ZArith List Bool Lia Lra.
From CopyAvg Require Import Sums Inertia Enclosure.
Import ListNotations.
Local Open Scope R_scope.

(** Interval matrices are lists of rows, so that entries are computed once. *)
Definition interval_entry (rows : list (list I.type)) (i j : nat) : I.type :=
  nth j (nth i rows nil) I.nai.

Definition tabulate (n : nat) (f : nat -> nat -> I.type) : list (list I.type) :=
  map (fun i => map (f i) (seq 0 n)) (seq 0 n).

Definition encloses_matrix (n : nat) (rows : list (list I.type)) (A : matrix) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> encloses (interval_entry rows i j) (A i j).

Lemma nth_seq_map {A} (f : nat -> A) n i d : (i < n)%nat -> nth i (map f (seq 0 n)) d = f i.
Proof.
  intros Hi. rewrite (nth_indep _ d (f O)) by now rewrite map_length, seq_length.
  rewrite map_nth. now rewrite seq_nth.
Qed.

Lemma tabulate_encloses n f A :
  (forall i j, (i < n)%nat -> (j < n)%nat -> encloses (f i j) (A i j)) ->
  encloses_matrix n (tabulate n f) A.
Proof.
  intros H i j Hi Hj. unfold interval_entry, tabulate.
  rewrite nth_seq_map by exact Hi. rewrite nth_seq_map by exact Hj. auto.
Qed.

Definition interval_schur p (n : nat) (rows : list (list I.type)) : list (list I.type) :=
  let a := interval_entry rows 0 0 in
  tabulate n (fun i j => I.sub p (interval_entry rows (S i) (S j))
    (I.div p (I.mul p (interval_entry rows (S i) 0) (interval_entry rows 0 (S j))) a)).

Lemma schur_encloses p n rows A :
  encloses_matrix (S n) rows A -> encloses_matrix n (interval_schur p n rows) (schur A).
Proof.
  intros H. apply tabulate_encloses. intros i j Hi Hj. unfold schur.
  apply encloses_sub; [apply H; lia |].
  apply encloses_div; [apply encloses_mul |]; apply H; lia.
Qed.

(** All pivots are certainly positive. *)
Fixpoint all_positive p (n : nat) (rows : list (list I.type)) : bool :=
  match n with
  | O => true
  | S m => above_zero (interval_entry rows 0 0) && all_positive p m (interval_schur p m rows)
  end.

(** A pivot is certainly negative, those before it being certainly positive. *)
Fixpoint some_negative p (n : nat) (rows : list (list I.type)) : bool :=
  match n with
  | O => false
  | S m => below_zero (interval_entry rows 0 0)
      || (above_zero (interval_entry rows 0 0) && some_negative p m (interval_schur p m rows))
  end.

Theorem all_positive_correct p n rows A :
  encloses_matrix n rows A -> symmetric n A -> all_positive p n rows = true ->
  positive_definite n A.
Proof.
  intros E Y H. apply positive_pivots; [exact Y |].
  revert rows A E Y H. induction n as [| n IH]; intros rows A E Y H k Hk; [lia |].
  cbn [all_positive] in H. apply andb_prop in H. destruct H as [H1 H2].
  destruct k as [| k].
  - apply (above_zero_correct _ _ H1). apply E; lia.
  - apply (IH _ (schur A) (schur_encloses p n rows A E) (schur_symmetric n A Y) H2). lia.
Qed.

Theorem some_negative_correct p n rows A :
  encloses_matrix n rows A -> symmetric n A -> some_negative p n rows = true ->
  exists x, form n A x < 0.
Proof.
  intros E Y H.
  assert (K : exists k, (k < n)%nat /\ pivot A k < 0 /\ forall j, (j < k)%nat -> pivot A j <> 0).
  { revert rows A E Y H. induction n as [| n IH]; intros rows A E Y H; [discriminate |].
    cbn [some_negative] in H. apply orb_prop in H.
    assert (E0 : encloses (interval_entry rows 0 0) (A O O)) by (apply E; lia).
    destruct H as [H | H].
    - exists O. split; [lia |]. split; [exact (below_zero_correct _ _ H E0) | intros; lia].
    - apply andb_prop in H. destruct H as [H1 H2].
      destruct (IH _ (schur A) (schur_encloses p n rows A E) (schur_symmetric n A Y) H2)
        as [k [Hk [Hp Hj]]].
      exists (S k). split; [lia |]. split; [exact Hp |].
      intros [| j] Lj; [| apply Hj; lia].
      assert (P := above_zero_correct _ _ H1 E0). simpl. lra. }
  destruct K as [k [Hk [Hp Hj]]]. exact (negative_pivot n A k Y Hk Hj Hp).
Qed.
