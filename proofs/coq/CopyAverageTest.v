(** Copy-average configurations, certified by computation: the loss, the order of two
    losses, and the definiteness of the blocks of the Hessian. *)

From Coq Require Import Reals ZArith List Permutation Bool Lia Lra.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel Partition CopyAverage BestCopyAverage
  CopyAverageHessian Inertia Enclosure KrawczykTest PerturbedCopyTest Definiteness.
Import ListNotations.
Local Open Scope R_scope.

(** A partition: bucket sizes, each with the number of neurons of that size. *)
Definition parts : Type := list (Z * Z).

Definition expand (ps : parts) : list nat :=
  flat_map (fun lm => repeat (Z.to_nat (fst lm)) (Z.to_nat (snd lm))) ps.

(** ** Losses *)

(** For every partition into buckets of these sizes, in every dimension. *)
Definition copy_average_loss_claim (ps : parts) (losses : rational * rational) : Prop :=
  forall n k d b, (k <= d)%nat -> surjection n k b ->
    Permutation (bucket_sizes n k b) (expand ps) ->
    within losses (loss n k d (average_a k b) (average_w k b)).

Definition copy_average_order_claim (ps qs : parts) : Prop :=
  forall n k d b n' d' b', (k <= d)%nat -> (k <= d')%nat ->
    surjection n k b -> Permutation (bucket_sizes n k b) (expand ps) ->
    surjection n' k b' -> Permutation (bucket_sizes n' k b') (expand qs) ->
    loss n k d (average_a k b) (average_w k b) < loss n' k d' (average_a k b') (average_w k b').

(** Register 0 is l; L(l) = l/3 − 2/π l² asin(1/(2l)) is register 13. *)
Definition bucket_loss : list instruction :=
  [ (* 1 *) Integer 3; (* 2 *) Divide 0 1; (* 3 *) Integer 2; (* 4 *) Pi; (* 5 *) Divide 3 4;
    (* 6 *) Multiply 0 0; (* 7 *) Multiply 5 6; (* 8 *) Integer 1; (* 9 *) Multiply 3 0;
    (* 10 *) Divide 8 9; (* 11 *) Arcsine 10; (* 12 *) Multiply 7 11; (* 13 *) Subtract 2 12 ].

Definition parts_valid (ps : parts) : bool :=
  forallb (fun lm => (1 <=? fst lm)%Z && (1 <=? snd lm)%Z) ps.

Fixpoint loss_enclosure p (ps : parts) : I.type :=
  match ps with
  | nil => I.fromZ p 0
  | (l, m) :: rest =>
      I.add p (I.mul p (I.fromZ p m)
        (register I.nai (run_interval p bucket_loss [I.fromZ p l]) 13)) (loss_enclosure p rest)
  end.

Lemma partition_loss_app xs ys :
  partition_loss (xs ++ ys) = partition_loss xs + partition_loss ys.
Proof.
  unfold partition_loss, total_loss. induction xs as [| x xs IH]; simpl; [ring |]. rewrite IH. ring.
Qed.

Lemma partition_loss_repeat x m : partition_loss (repeat x m) = INR m * L (INR x).
Proof.
  unfold partition_loss, total_loss. induction m as [| m IH]; [simpl; ring |].
  rewrite S_INR. simpl repeat. simpl fold_right. rewrite IH. ring.
Qed.

Lemma partition_loss_permutation xs ys :
  Permutation xs ys -> partition_loss xs = partition_loss ys.
Proof. unfold partition_loss, total_loss. induction 1; simpl; lra. Qed.

Lemma INR_Z z : (1 <= z)%Z -> INR (Z.to_nat z) = IZR z.
Proof. intros H. rewrite INR_IZR_INZ, Z2Nat.id by lia. reflexivity. Qed.

Lemma loss_enclosure_correct p ps : parts_valid ps = true ->
  encloses (loss_enclosure p ps) (partition_loss (expand ps)).
Proof.
  induction ps as [| [l m] ps IH]; intros H; [apply encloses_integer |].
  cbn [parts_valid forallb fst snd] in H.
  apply andb_prop in H. destruct H as [H H2]. apply andb_prop in H. destruct H as [Hl Hm].
  apply Z.leb_le in Hl. apply Z.leb_le in Hm.
  unfold expand. cbn [flat_map fst snd]. rewrite partition_loss_app, partition_loss_repeat.
  rewrite !INR_Z by assumption. cbn [loss_enclosure].
  apply encloses_add; [| exact (IH H2)]. apply encloses_mul; [apply encloses_integer |].
  apply (output_encloses p bucket_loss [I.fromZ p l] [IZR l] 13).
  constructor; [apply encloses_integer | constructor].
Qed.

Lemma loss_of_parts n k d b ps : (k <= d)%nat -> surjection n k b ->
  Permutation (bucket_sizes n k b) (expand ps) ->
  loss n k d (average_a k b) (average_w k b) = partition_loss (expand ps).
Proof.
  intros Hd Hb HP. rewrite (copy_average_loss n k d b Hd Hb).
  rewrite <- (partition_loss_permutation _ _ HP). unfold bucket_sizes.
  now rewrite partition_loss_sum.
Qed.

Definition copy_average_loss_test p (ps : parts) (losses : rational * rational) : bool :=
  parts_valid ps
  && (let X := loss_enclosure p ps in
      above_zero (I.sub p X (enclosure p (fst losses)))
      && above_zero (I.sub p (enclosure p (snd losses)) X)).

Theorem copy_average_loss_test_correct p ps losses :
  copy_average_loss_test p ps losses = true -> copy_average_loss_claim ps losses.
Proof.
  intros H n k d b Hd Hb HP. rewrite (loss_of_parts n k d b ps Hd Hb HP).
  unfold copy_average_loss_test in H. cbv zeta in H.
  apply andb_prop in H. destruct H as [V H]. apply andb_prop in H. destruct H as [H1 H2].
  assert (E := loss_enclosure_correct p ps V).
  apply (fun H => above_zero_correct _ _ H
    (encloses_sub p _ _ _ _ E (encloses_rational p (fst losses)))) in H1.
  apply (fun H => above_zero_correct _ _ H
    (encloses_sub p _ _ _ _ (encloses_rational p (snd losses)) E)) in H2.
  unfold within. lra.
Qed.

Definition copy_average_order_test p (ps qs : parts) : bool :=
  parts_valid ps && parts_valid qs
  && above_zero (I.sub p (loss_enclosure p qs) (loss_enclosure p ps)).

Theorem copy_average_order_test_correct p ps qs :
  copy_average_order_test p ps qs = true -> copy_average_order_claim ps qs.
Proof.
  intros H n k d b n' d' b' Hd Hd' Hb HP Hb' HP'.
  rewrite (loss_of_parts n k d b ps Hd Hb HP), (loss_of_parts n' k d' b' qs Hd' Hb' HP').
  unfold copy_average_order_test in H.
  apply andb_prop in H. destruct H as [V H]. apply andb_prop in V. destruct V as [V1 V2].
  assert (P := above_zero_correct _ _ H (encloses_sub p _ _ _ _
    (loss_enclosure_correct p qs V2) (loss_enclosure_correct p ps V1))). lra.
Qed.

(** ** Blocks of the Hessian, divided by 4/π *)

(** Functions of a bucket size are those of CopyAverageHessian.v. *)

(** Along the average of the own bucket: the entries of its direction with the outgoing
    weight and with itself, and the two components of the vector v by which these are
    coupled with the other neurons. *)
Definition scale (l : R) : R := (2 * l - 1) * sqrt (2 * l - 1) / (2 * l).
Definition average_mixed (l : R) : R := l / root l * scale l.
Definition average_own (l : R) : R := l² / root l * (4 * l² / (4 * l² - 1)) * (scale l)².
Definition v1 (l : R) : R := 1 / sqrt (2 * l).
Definition v2 (l : R) : R := z l * (1 - 1 / (2 * l)).

(** z √m for m neurons of one size, taken together. *)
Definition z_together (lm : Z * Z) : R := z (IZR (fst lm)) * sqrt (IZR (snd lm)).

(** diag(δ) + x xᵀ. *)
Definition rank_one {T} (zero : T) (add mul : T -> T -> T) (diagonal x : list T) (i j : nat) : T :=
  add (if Nat.eqb i j then nth i diagonal zero else zero) (mul (nth i x zero) (nth j x zero)).

Definition corner {T} (a b c : T) (rest : nat -> nat -> T) (i j : nat) : T :=
  match i, j with
  | O, O => a
  | O, 1%nat | 1%nat, O => b
  | 1%nat, 1%nat => c
  | _, _ => rest i j
  end.

(** `unused`: one direction orthogonal to all teachers; the neurons by size. *)
Definition unused_block (others : parts) : matrix :=
  rank_one 0 Rplus Rmult (map (fun lm => delta (IZR (fst lm))) others) (map z_together others).

(** `zero-sum l`: a direction of zero sum on a bucket of size l; the neuron of the bucket,
    then the others. *)
Definition zero_sum_block (l : Z) (others : parts) : matrix :=
  rank_one 0 Rplus Rmult
    (delta_own (IZR l) :: map (fun lm => delta (IZR (fst lm))) others)
    (z (IZR l) :: map z_together others).

(** `difference l`: equal neurons against each other. *)
Definition difference_block (l : Z) : matrix := rank_one 0 Rplus Rmult [delta (IZR l)] [].

(** `bucket l`: the outgoing weight of a bucket's neuron, its incoming weight along the
    bucket's average, those of the others. *)
Definition bucket_block (l : Z) (others : parts) : matrix :=
  corner (theta (IZR l)) (average_mixed (IZR l)) (average_own (IZR l))
    (rank_one 0 Rplus Rmult
      (0 :: 0 :: map (fun lm => delta (IZR (fst lm))) others)
      (v1 (IZR l) :: v2 (IZR l) :: map z_together others)).

Inductive block : Type :=
  | Unused (others : parts)
  | ZeroSum (l : Z) (others : parts)
  | Bucket (l : Z) (others : parts)
  | Difference (l : Z).

Definition block_size (B : block) : nat :=
  match B with
  | Unused others => length others
  | ZeroSum _ others => S (length others)
  | Bucket _ others => S (S (length others))
  | Difference _ => 1
  end.

Definition block_matrix (B : block) : matrix :=
  match B with
  | Unused others => unused_block others
  | ZeroSum l others => zero_sum_block l others
  | Bucket l others => bucket_block l others
  | Difference l => difference_block l
  end.

Definition positive_block (B : block) : Prop :=
  positive_definite (block_size B) (block_matrix B).
Definition negative_block (B : block) : Prop :=
  exists x, form (block_size B) (block_matrix B) x < 0.

(** *** Their entries by code: registers 0 and 1 are l and m *)
Definition entries : list instruction :=
  [ (* 2 *) Integer 1; (* 3 *) Integer 2; (* 4 *) Integer 4;
    (* 5–8: 4l²−1, root *) Multiply 0 0; Multiply 4 5; Subtract 6 2; SquareRoot 7;
    (* 9–13: z *) Multiply 3 0; Subtract 9 2; Multiply 0 10; Divide 11 3; SquareRoot 12;
    (* 14–17: delta *) Multiply 5 10; Divide 14 8; Multiply 13 13; Subtract 15 16;
    (* 18–20: delta_own *) Multiply 8 7; Divide 14 18; Subtract 17 19;
    (* 21, 22: theta *) Divide 2 9; Arcsine 21;
    (* 23–25: scale *) SquareRoot 10; Multiply 10 23; Divide 24 9;
    (* 26, 27: mixed *) Divide 0 8; Multiply 26 25;
    (* 28–32: own *) Divide 5 8; Divide 6 7; Multiply 28 29; Multiply 25 25; Multiply 30 31;
    (* 33, 34: v1 *) SquareRoot 9; Divide 2 33;
    (* 35, 36: v2 *) Subtract 2 21; Multiply 13 35;
    (* 37, 38: z √m *) SquareRoot 1; Multiply 13 37 ].

Definition entries_of p (lm : Z * Z) : list I.type :=
  run_interval p entries [I.fromZ p (snd lm); I.fromZ p (fst lm)].

Lemma entries_enclose p l m a :
  encloses (register I.nai (entries_of p (l, m)) a)
    (register 0 (run_real entries [IZR m; IZR l]) a).
Proof.
  unfold entries_of. cbn [fst snd].
  apply (output_encloses p entries [I.fromZ p m; I.fromZ p l] [IZR m; IZR l] a).
  constructor; [apply encloses_integer | constructor; [apply encloses_integer | constructor]].
Qed.

Lemma entries_values l m :
  let r := register 0 (run_real entries [m; l]) in
  r 17%nat = delta l /\ r 20%nat = delta_own l /\ r 13%nat = z l /\ r 22%nat = theta l /\
  r 27%nat = average_mixed l /\ r 32%nat = average_own l /\ r 34%nat = v1 l /\ r 36%nat = v2 l /\
  r 38%nat = z l * sqrt m.
Proof. repeat split; reflexivity. Qed.

Definition block_function p (B : block) : nat -> nat -> I.type :=
  let rest others := map (entries_of p) others in
  let deltas rows := map (fun row => register I.nai row 17) rows in
  let zs rows := map (fun row => register I.nai row 38) rows in
  let zero := I.fromZ p 0 in
  match B with
  | Unused others =>
      let rows := rest others in
      rank_one zero (I.add p) (I.mul p) (deltas rows) (zs rows)
  | ZeroSum l others =>
      let rows := rest others in
      let row := entries_of p (l, 1%Z) in
      rank_one zero (I.add p) (I.mul p)
        (register I.nai row 20 :: deltas rows) (register I.nai row 13 :: zs rows)
  | Bucket l others =>
      let rows := rest others in
      let row := entries_of p (l, 1%Z) in
      corner (register I.nai row 22) (register I.nai row 27) (register I.nai row 32)
        (rank_one zero (I.add p) (I.mul p) (zero :: zero :: deltas rows)
          (register I.nai row 34 :: register I.nai row 36 :: zs rows))
  | Difference l =>
      rank_one zero (I.add p) (I.mul p) [register I.nai (entries_of p (l, 1%Z)) 17] []
  end.

Lemma nth_related {T U} (rel : T -> U -> Prop) l l' a b i :
  rel a b -> Forall2 rel l l' -> rel (nth i l a) (nth i l' b).
Proof. intros H0 H. revert i. induction H; intros [| i]; simpl; auto. Qed.

Lemma rank_one_encloses p diagonal x diagonal' x' i j :
  Forall2 encloses diagonal diagonal' -> Forall2 encloses x x' ->
  encloses (rank_one (I.fromZ p 0) (I.add p) (I.mul p) diagonal x i j)
    (rank_one 0 Rplus Rmult diagonal' x' i j).
Proof.
  intros H1 H2. unfold rank_one. apply encloses_add; [| apply encloses_mul].
  - destruct (Nat.eqb i j); [| apply encloses_integer].
    apply nth_related; auto. apply encloses_integer.
  - apply nth_related; auto. apply encloses_integer.
  - apply nth_related; auto. apply encloses_integer.
Qed.

Lemma corner_encloses a b c rest a' b' c' rest' i j :
  encloses a a' -> encloses b b' -> encloses c c' ->
  (forall i j, encloses (rest i j) (rest' i j)) ->
  encloses (corner a b c rest i j) (corner a' b' c' rest' i j).
Proof. intros. destruct i as [| [| i]], j as [| [| j]]; simpl; auto. Qed.

Lemma rest_enclose p others :
  Forall2 encloses (map (fun row => register I.nai row 17) (map (entries_of p) others))
    (map (fun lm => delta (IZR (fst lm))) others) /\
  Forall2 encloses (map (fun row => register I.nai row 38) (map (entries_of p) others))
    (map z_together others).
Proof.
  induction others as [| [l m] others [IH1 IH2]]; [split; constructor |].
  destruct (entries_values (IZR l) (IZR m)) as [E1 [_ [_ [_ [_ [_ [_ [_ E9]]]]]]]].
  split; constructor; auto.
  - cbn [fst]. rewrite <- E1. apply entries_enclose.
  - unfold z_together. cbn [fst snd]. rewrite <- E9. apply entries_enclose.
Qed.

Lemma block_encloses p B i j : encloses (block_function p B i j) (block_matrix B i j).
Proof.
  destruct B as [others | l others | l others | l]; cbn [block_function block_matrix];
    try destruct (rest_enclose p others) as [H1 H2].
  - now apply rank_one_encloses.
  - destruct (entries_values (IZR l) 1) as [E1 [E2 [E3 _]]].
    unfold zero_sum_block. apply rank_one_encloses; constructor; auto.
    + rewrite <- E2. apply entries_enclose.
    + rewrite <- E3. apply entries_enclose.
  - destruct (entries_values (IZR l) 1) as [_ [_ [_ [E4 [E5 [E6 [E7 [E8 _]]]]]]]].
    unfold bucket_block. apply corner_encloses.
    + rewrite <- E4. apply entries_enclose.
    + rewrite <- E5. apply entries_enclose.
    + rewrite <- E6. apply entries_enclose.
    + intros. apply rank_one_encloses.
      * constructor; [apply encloses_integer |].
        constructor; [apply encloses_integer | exact H1].
      * constructor; [rewrite <- E7; apply entries_enclose |].
        constructor; [rewrite <- E8; apply entries_enclose | exact H2].
  - destruct (entries_values (IZR l) 1) as [E1 _].
    unfold difference_block. apply rank_one_encloses; [| constructor].
    constructor; [rewrite <- E1; apply entries_enclose | constructor].
Qed.

Lemma rank_one_symmetric diagonal x i j :
  rank_one 0 Rplus Rmult diagonal x i j = rank_one 0 Rplus Rmult diagonal x j i.
Proof.
  unfold rank_one. rewrite (Nat.eqb_sym j i). destruct (Nat.eqb_spec i j) as [-> |]; ring.
Qed.

Lemma block_symmetric B : symmetric (block_size B) (block_matrix B).
Proof.
  intros i j _ _. destruct B; cbn [block_matrix]; try apply rank_one_symmetric.
  unfold bucket_block, corner.
  destruct i as [| [| i]], j as [| [| j]]; auto using rank_one_symmetric.
Qed.

Definition interval_block p (B : block) : list (list I.type) :=
  tabulate (block_size B) (block_function p B).

Theorem positive_block_test_correct p B :
  all_positive p (block_size B) (interval_block p B) = true -> positive_block B.
Proof.
  apply all_positive_correct; [| apply block_symmetric].
  apply tabulate_encloses. intros. apply block_encloses.
Qed.

Theorem negative_block_test_correct p B :
  some_negative p (block_size B) (interval_block p B) = true -> negative_block B.
Proof.
  apply some_negative_correct; [| apply block_symmetric].
  apply tabulate_encloses. intros. apply block_encloses.
Qed.
