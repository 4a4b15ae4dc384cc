(** Which copy-average points are minima and which are saddles.

    The Hessian is positive definite if 1 + (the sum of A over the other buckets)
    < B for every bucket of two or more teachers, and has a negative direction if
    > holds for one of them. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel SecondDerivative CopyAverage
  CopyAverageHessian Stability AverageBlock.
Open Scope R_scope.

(** A direction with some movement. *)
Definition moves (n d : nat) (da : nat -> R) (dw : nat -> vector) : Prop :=
  exists i, (i < n)%nat /\ (da i <> 0 \/ exists q, (q < d)%nat /\ dw i q <> 0).

(** By [loss_second_derivative], [hessian] is the second derivative of the loss
    along the direction (da, dw). *)
Definition positive_definite (n k d : nat) (a : nat -> R) (w : nat -> vector) : Prop :=
  forall da dw, moves n d da dw -> 0 < hessian n k d a w da dw.

Definition negative_direction (n k d : nat) (a : nat -> R) (w : nat -> vector) : Prop :=
  exists da dw, hessian n k d a w da dw < 0.

(** ** Sums over one bucket *)

Lemma bucket_sum_nonneg : forall k b p f,
  (forall q, (q < k)%nat -> b q = p -> 0 <= f q) -> 0 <= bucket_sum k b p f.
Proof.
  intros k b p f H. apply sum_nonneg. intros q Hq.
  destruct (Nat.eqb_spec (b q) p); [apply H; assumption | lra].
Qed.

Lemma bucket_sum_zero_terms : forall k b p f,
  (forall q, (q < k)%nat -> b q = p -> 0 <= f q) -> bucket_sum k b p f = 0 ->
  forall q, (q < k)%nat -> b q = p -> f q = 0.
Proof.
  intros k b p f H E q Hq Hqp.
  pose proof (sum_nonneg_zero k (fun q => if Nat.eqb (b q) p then f q else 0)) as Hz.
  assert (H0 : (if Nat.eqb (b q) p then f q else 0) = 0).
  { apply Hz; [|exact E | exact Hq]. intros m Hm.
    destruct (Nat.eqb_spec (b m) p); [apply H; assumption | lra]. }
  rewrite Hqp, Nat.eqb_refl in H0. exact H0.
Qed.

(** A bucket of one teacher. *)
Lemma bucket_sum_copy : forall k b p q f,
  INR (bucket_size k b p) = 1 -> (q < k)%nat -> b q = p -> bucket_sum k b p f = f q.
Proof.
  intros k b p q f H1 Hq Hqp. rewrite bucket_size_sum in H1. unfold bucket_sum in *.
  rewrite (pick_out k q _ Hq), Hqp, Nat.eqb_refl in H1.
  assert (Hz : pick k q (fun p0 => if Nat.eqb (b p0) p then 1 else 0) = 0) by lra.
  rewrite (pick_out k q _ Hq), Hqp, Nat.eqb_refl.
  replace (pick k q (fun p0 => if Nat.eqb (b p0) p then f p0 else 0)) with 0; [ring|].
  symmetry. apply sum_zero. intros m Hm. destruct (Nat.eqb_spec m q); [reflexivity|].
  pose proof (pick_zero_terms k q (fun p0 => if Nat.eqb (b p0) p then 1 else 0)) as Ht.
  assert (E : (if Nat.eqb (b m) p then 1 else 0) = 0).
  { apply Ht; auto. intros j _ _. destruct (Nat.eqb (b j) p); lra. }
  destruct (Nat.eqb (b m) p); [lra | reflexivity].
Qed.

Section Partition.

Variables (n k d : nat) (b : nat -> nat).
Hypothesis Hkd : (k <= d)%nat.
Hypothesis Hb : surjection n k b.

Let l (i : nat) : R := INR (bucket_size k b i).

Lemma sizes : forall i, (i < n)%nat -> 1 <= l i.
Proof. intros i Hi. exact (bucket_size_pos n k b i Hb Hi). Qed.

Lemma size_cases : forall p, (p < n)%nat ->
  INR (bucket_size k b p) = 1 \/ (2 <= bucket_size k b p)%nat.
Proof.
  intros p Hp. pose proof (sizes p Hp) as H. unfold l in H. apply (INR_le 1) in H.
  destruct (Nat.eq_dec (bucket_size k b p) 1) as [->|Hne]; [left; reflexivity | right; lia].
Qed.

(** ** Minima *)

Section Positive.

Hypothesis stable : forall p, (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
  1 + shares n l p < B (l p).

Variables (da : nat -> R) (dw : nat -> vector).

Let sigma (i p : nat) : R := bucket_sum k b p (dw i).

Lemma zero_sum_coordinate : forall p q, (p < n)%nat -> (q < k)%nat -> b q = p ->
  let y := fun i => dw i q - sigma i p / l p in
  0 <= zero_sum_block n l p y /\
  (zero_sum_block n l p y = 0 -> forall i, (i < n)%nat -> y i = 0).
Proof.
  intros p q Hp Hq Hqp y. destruct (size_cases p Hp) as [H1|H2].
  - assert (Hy : forall i, y i = 0).
    { intros i. unfold y, sigma. rewrite (bucket_sum_copy k b p q (dw i) H1 Hq Hqp).
      unfold l. rewrite H1. field. }
    assert (Ez : zero_sum_block n l p y = 0).
    { unfold zero_sum_block, shared_block. rewrite Hy.
      rewrite !sum_zero; [unfold Rsqr; ring | |];
        intros i _; rewrite Hy; unfold Rsqr; ring. }
    split; [lra | intros _ i _; apply Hy].
  - apply (zero_sum_positive n l sizes p Hp). apply stable; assumption.
Qed.

Lemma blocks_of_bucket : forall p, (p < n)%nat ->
  let v := bucket_sum k b p (fun q => zero_sum_block n l p (fun i => dw i q - sigma i p / l p))
           + average_block n l p (da p) (fun i => sigma i p) in
  0 <= v /\
  (v = 0 -> da p = 0 /\ forall i q, (i < n)%nat -> (q < k)%nat -> b q = p -> dw i q = 0).
Proof.
  intros p Hp v.
  assert (Hz : 0 <= bucket_sum k b p
      (fun q => zero_sum_block n l p (fun i => dw i q - sigma i p / l p))).
  { apply bucket_sum_nonneg. intros q Hq Hqp. apply (zero_sum_coordinate p q Hp Hq Hqp). }
  destruct (average_block_positive n l sizes p Hp (da p) (fun i => sigma i p)) as [Ha Ha0].
  split; [unfold v; lra|]. intros E.
  destruct Ha0 as [Hda Hs]; [unfold v in E; lra|]. split; [exact Hda|].
  intros i q Hi Hq Hqp.
  assert (Ez : zero_sum_block n l p (fun i => dw i q - sigma i p / l p) = 0).
  { apply (bucket_sum_zero_terms k b p
      (fun q => zero_sum_block n l p (fun i => dw i q - sigma i p / l p))); auto.
    - intros q' Hq' Hqp'. apply (zero_sum_coordinate p q' Hp Hq' Hqp').
    - unfold v in E. lra. }
  destruct (zero_sum_coordinate p q Hp Hq Hqp) as [_ H0].
  specialize (H0 Ez i Hi). cbv beta in H0. rewrite (Hs i Hi) in H0.
  unfold Rdiv in H0. lra.
Qed.

Lemma blocks_positive : moves n d da dw -> 0 < blocks n k d b da dw.
Proof.
  intros [i [Hi Hm]]. unfold blocks. fold l.
  change (fun i0 => INR (bucket_size k b i0)) with l.
  set (S1 := sum n _). set (S2 := sum (d - k) _).
  assert (H1 : 0 <= S1).
  { apply sum_nonneg. intros p Hp. apply (blocks_of_bucket p Hp). }
  assert (H2 : 0 <= S2).
  { apply sum_nonneg. intros q _. apply (shared_nonneg n l sizes). }
  destruct (Req_dec (S1 + S2) 0) as [E|Hne]; [|lra]. exfalso.
  assert (E1 : S1 = 0) by lra. assert (E2 : S2 = 0) by lra.
  assert (Hbucket : forall p, (p < n)%nat -> da p = 0 /\
      forall i q, (i < n)%nat -> (q < k)%nat -> b q = p -> dw i q = 0).
  { intros p Hp. apply (blocks_of_bucket p Hp).
    apply (sum_nonneg_zero n (fun p => bucket_sum k b p
        (fun q => zero_sum_block n l p (fun i => dw i q - sigma i p / l p))
        + average_block n l p (da p) (fun i => sigma i p))); [| exact E1 | exact Hp].
    intros p' Hp'. apply (blocks_of_bucket p' Hp'). }
  destruct Hm as [Hm|[q [Hq Hm]]].
  - apply Hm, (Hbucket i Hi).
  - apply Hm. destruct (Nat.lt_ge_cases q k) as [Hqk|Hqk].
    + destruct Hb as [Hb1 _]. apply (Hbucket (b q) (Hb1 q Hqk)); auto.
    + assert (E0 : shared_block n l (fun i => dw i (k + (q - k))%nat) = 0).
      { apply (sum_nonneg_zero (d - k) (fun q => shared_block n l (fun i => dw i (k + q)%nat)));
          [| exact E2 | lia].
        intros q' _. apply (shared_nonneg n l sizes). }
      pose proof (shared_zero n l sizes _ E0 i Hi) as H0. cbv beta in H0.
      replace (k + (q - k))%nat with q in H0 by lia. exact H0.
Qed.

End Positive.

Lemma hessian_blocks : forall da dw,
  hessian n k d (average_a k b) (average_w k b) da dw = 4 / PI * blocks n k d b da dw.
Proof. intros. exact (hessian_in_blocks n k d b Hkd Hb da dw). Qed.

Lemma four_over_PI : 0 < 4 / PI.
Proof. apply Rdiv_lt_0_compat; [lra | apply PI_RGT_0]. Qed.

(** ** Saddles *)

Lemma two_members : forall p, (2 <= bucket_size k b p)%nat ->
  exists q q', (q < k)%nat /\ (q' < k)%nat /\ q <> q' /\ b q = p /\ b q' = p.
Proof.
  intros p H. unfold bucket_size in H.
  set (members := filter (fun q => Nat.eqb (b q) p) (seq 0 k)) in *.
  assert (Hin : forall q, In q members -> (q < k)%nat /\ b q = p).
  { intros q Hq. apply filter_In in Hq. destruct Hq as [Hq Hqp].
    apply in_seq in Hq. apply Nat.eqb_eq in Hqp. split; [lia | exact Hqp]. }
  assert (Hnd : NoDup members) by (apply NoDup_filter, seq_NoDup).
  destruct members as [|q [|q' rest]]; simpl in H; try lia.
  exists q, q'. destruct (Hin q) as [H1 H2]; [left; reflexivity|].
  destruct (Hin q') as [H3 H4]; [right; left; reflexivity|].
  repeat split; auto. intros E. subst q'. inversion Hnd as [|? ? Hni _].
  apply Hni. left. reflexivity.
Qed.

Lemma zero_sum_scaled : forall p c y,
  zero_sum_block n l p (fun i => c * y i) = c * c * zero_sum_block n l p y.
Proof.
  intros p c y. unfold zero_sum_block, shared_block.
  rewrite (sum_ext n (fun i => z (l i) * (c * y i)) (fun i => c * (z (l i) * y i)))
    by (intros; ring).
  rewrite (sum_ext n (fun i => delta (l i) * (c * y i)²)
             (fun i => c * c * (delta (l i) * (y i)²))) by (intros; unfold Rsqr; ring).
  rewrite !sum_scal. unfold Rsqr. ring.
Qed.

(** A direction that moves weight between two teachers q, q' of bucket p. *)
Section Exchange.

Variables (p q q' : nat) (y : nat -> R).
Hypothesis Hp : (p < n)%nat.
Hypothesis Hq : (q < k)%nat.
Hypothesis Hq' : (q' < k)%nat.
Hypothesis Hne : q <> q'.
Hypothesis Hqp : b q = p.
Hypothesis Hqp' : b q' = p.

Let swing (m : nat) : R := if Nat.eqb m q then 1 else if Nat.eqb m q' then -1 else 0.

Lemma swing_sum : forall f j,
  (forall m, m <> q -> m <> q' -> f m = 0) ->
  bucket_sum k b j f = if Nat.eqb p j then f q + f q' else 0.
Proof.
  intros f j Hf. unfold bucket_sum.
  rewrite (pick_out k q _ Hq), Hqp.
  unfold pick. rewrite (sum_single k q' _ Hq').
  - rewrite Hqp'. destruct (Nat.eqb_spec q' q); [congruence|].
    destruct (Nat.eqb p j); ring.
  - intros m _ Hm. destruct (Nat.eqb_spec m q); [reflexivity|].
    destruct (Nat.eqb (b m) j); [apply Hf; assumption | reflexivity].
Qed.

Lemma exchange_blocks :
  blocks n k d b (fun _ => 0) (fun i m => y i * swing m) = 2 * zero_sum_block n l p y.
Proof.
  assert (Hsig : forall i j, bucket_sum k b j (fun m => y i * swing m) = 0).
  { intros i j. rewrite swing_sum.
    - unfold swing. rewrite !Nat.eqb_refl. destruct (Nat.eqb_spec q' q); [congruence|].
      destruct (Nat.eqb p j); ring.
    - intros m H1 H2. unfold swing. destruct (Nat.eqb_spec m q); [contradiction|].
      destruct (Nat.eqb_spec m q'); [contradiction|]. ring. }
  unfold blocks. change (fun i => INR (bucket_size k b i)) with l.
  rewrite (sum_zero (d - k)).
  2:{ intros m _. unfold shared_block. unfold swing.
      destruct (Nat.eqb_spec (k + m) q); [lia|]. destruct (Nat.eqb_spec (k + m) q'); [lia|].
      rewrite !sum_zero; [unfold Rsqr; ring | |]; intros; unfold Rsqr; ring. }
  rewrite (sum_single n p).
  - rewrite (bucket_sum_ext k b p _ (fun m => swing m * swing m * zero_sum_block n l p y)).
    + rewrite swing_sum.
      * rewrite Nat.eqb_refl. unfold swing. rewrite !Nat.eqb_refl.
        destruct (Nat.eqb_spec q' q); [congruence|].
        unfold average_block, others, shared_block.
        rewrite !sum_zero; [rewrite Hsig; unfold Rdiv, Rsqr; ring | | |];
          intros i _; rewrite Hsig; try (destruct (Nat.eqb i p)); unfold Rsqr; ring.
      * intros m H1 H2. unfold swing. destruct (Nat.eqb_spec m q); [contradiction|].
        destruct (Nat.eqb_spec m q'); [contradiction|]. ring.
    + intros m _ _. rewrite <- zero_sum_scaled. f_equal.
      apply FunctionalExtensionality.functional_extensionality. intros i.
      rewrite Hsig. unfold Rdiv. ring.
  - exact Hp.
  - intros j Hj Hnj.
    rewrite (bucket_sum_ext k b j _ (fun _ => 0)).
    + rewrite bucket_sum_const. unfold average_block, others, shared_block.
      rewrite !sum_zero; [rewrite Hsig; unfold Rdiv, Rsqr; ring | | |];
        intros i _; rewrite Hsig; try (destruct (Nat.eqb i j)); unfold Rsqr; ring.
    + intros m _ Hm.
      assert (Hs : swing m = 0).
      { unfold swing. destruct (Nat.eqb_spec m q); [congruence|].
        destruct (Nat.eqb_spec m q'); [congruence | reflexivity]. }
      unfold zero_sum_block, shared_block. rewrite !sum_zero.
      * rewrite Hs, Hsig. unfold Rdiv, Rsqr. ring.
      * intros i _. rewrite Hs, Hsig. unfold Rdiv, Rsqr. ring.
      * intros i _. rewrite Hs, Hsig. unfold Rdiv, Rsqr. ring.
Qed.

End Exchange.

Lemma unstable_bucket : forall p, (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
  B (l p) < 1 + shares n l p ->
  negative_direction n k d (average_a k b) (average_w k b).
Proof.
  intros p Hp H2 HB. destruct (zero_sum_negative n l sizes p Hp HB) as [y Hy].
  destruct (two_members p H2) as [q [q' [Hq [Hq' [Hne [Hqp Hqp']]]]]].
  eexists (fun _ => 0), _. rewrite hessian_blocks.
  rewrite (exchange_blocks p q q' y Hp Hq Hq' Hne Hqp Hqp').
  pose proof four_over_PI. nra.
Qed.

End Partition.

(** The Hessian at a copy-average point is positive definite if
    1 + (the sum of A over the other buckets) < B for every average bucket. *)
Theorem copy_average_positive_definite : forall n k d b,
  (k <= d)%nat -> surjection n k b ->
  (forall p, (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
     1 + shares n (fun i => INR (bucket_size k b i)) p < B (INR (bucket_size k b p))) ->
  positive_definite n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b Hkd Hb H da dw Hm. rewrite (hessian_blocks n k d b Hkd Hb).
  pose proof (blocks_positive n k d b Hkd Hb H da dw Hm). pose proof four_over_PI. nra.
Qed.

(** It has a negative direction if > holds for one average bucket. *)
Theorem copy_average_negative_direction : forall n k d b p,
  (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
  B (INR (bucket_size k b p)) < 1 + shares n (fun i => INR (bucket_size k b i)) p ->
  negative_direction n k d (average_a k b) (average_w k b).
Proof. intros n k d b p Hkd Hb. apply unstable_bucket; assumption. Qed.

(** Two or more averages: the Hessian has a negative direction. *)
Theorem two_averages_negative_direction : forall n k d b p p',
  (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (p' < n)%nat -> p <> p' ->
  (2 <= bucket_size k b p)%nat -> (2 <= bucket_size k b p')%nat ->
  negative_direction n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b.
  assert (H : forall p p', (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (p' < n)%nat ->
    p <> p' -> (2 <= bucket_size k b p)%nat -> (bucket_size k b p <= bucket_size k b p')%nat ->
    negative_direction n k d (average_a k b) (average_w k b)).
  { intros p p' Hkd Hb Hp Hp' Hne H2 Hle.
    apply (copy_average_negative_direction n k d b p); try assumption.
    set (l := fun i => INR (bucket_size k b i)).
    change (INR (bucket_size k b p)) with (l p).
    assert (Hl : forall i, (i < n)%nat -> 1 <= l i)
      by (intros i Hi; exact (bucket_size_pos n k b i Hb Hi)).
    assert (Hll : l p <= l p') by (apply le_INR; exact Hle).
    pose proof (B_below_A (l p) (Hl p Hp)).
    pose proof (A_increasing (l p) (l p') (Hl p Hp) Hll).
    assert (A (l p') <= shares n l p); [|lra].
    unfold shares, pick.
    pose proof (sum_term_le n (fun j => if Nat.eqb j p then 0 else A (l j)) p') as Ht.
    cbv beta in Ht. destruct (Nat.eqb_spec p' p); [congruence|]. apply Ht; [|exact Hp'].
    intros j Hj. destruct (Nat.eqb j p); [lra|]. apply Rlt_le, A_positive, Hl, Hj. }
  intros p p' Hkd Hb Hp Hp' Hne H2 H2'.
  destruct (Nat.le_ge_cases (bucket_size k b p) (bucket_size k b p')) as [Hle|Hle].
  - exact (H p p' Hkd Hb Hp Hp' Hne H2 Hle).
  - apply (H p' p); auto.
Qed.

Lemma shares_of_copies : forall n k b p, (p < n)%nat ->
  (forall i, (i < n)%nat -> i <> p -> bucket_size k b i = 1%nat) ->
  shares n (fun i => INR (bucket_size k b i)) p = INR (n - 1) * (3 + 2 * sqrt 3).
Proof.
  intros n k b p Hp H. rewrite <- A_of_a_copy, minus_INR by lia.
  assert (E : sum n (fun _ => A 1) = A 1 + pick n p (fun _ => A 1))
    by (apply (pick_out n p (fun _ => A 1) Hp)).
  rewrite sum_const in E.
  replace (shares n (fun i => INR (bucket_size k b i)) p) with (pick n p (fun _ => A 1)).
  - change (INR 1) with 1. lra.
  - unfold shares, pick. apply sum_ext. intros j Hj.
    destruct (Nat.eqb_spec j p); [reflexivity|]. rewrite (H j Hj) by assumption. reflexivity.
Qed.

(** n-1 copies and one average of l >= 2 teachers: the Hessian is positive definite
    if (n-1)(3 + 2 sqrt 3) < B(l) - 1. *)
Theorem copies_and_one_average_positive_definite : forall n k d b p,
  (k <= d)%nat -> surjection n k b -> (p < n)%nat ->
  (forall i, (i < n)%nat -> i <> p -> bucket_size k b i = 1%nat) ->
  INR (n - 1) * (3 + 2 * sqrt 3) < B (INR (bucket_size k b p)) - 1 ->
  positive_definite n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b p Hkd Hb Hp Hc HB.
  apply copy_average_positive_definite; [exact Hkd | exact Hb |].
  intros i Hi H2. destruct (Nat.eq_dec i p) as [->|Hne].
  - rewrite (shares_of_copies n k b p Hp Hc). lra.
  - rewrite (Hc i Hi Hne) in H2. lia.
Qed.

(** It has a negative direction if (n-1)(3 + 2 sqrt 3) > B(l) - 1. *)
Theorem copies_and_one_average_negative_direction : forall n k d b p,
  (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
  (forall i, (i < n)%nat -> i <> p -> bucket_size k b i = 1%nat) ->
  B (INR (bucket_size k b p)) - 1 < INR (n - 1) * (3 + 2 * sqrt 3) ->
  negative_direction n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b p Hkd Hb Hp H2 Hc HB.
  apply (copy_average_negative_direction n k d b p); try assumption.
  rewrite (shares_of_copies n k b p Hp Hc). lra.
Qed.
