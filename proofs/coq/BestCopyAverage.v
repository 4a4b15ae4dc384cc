(** The best copy-average point: n-1 copies and one average. *)

From Coq Require Import Reals Lra Lia List Permutation.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel Partition CopyAverage.
Open Scope R_scope.

Definition bucket_sizes (n k : nat) (b : nat -> nat) : list nat :=
  map (bucket_size k b) (seq 0 n).

Lemma partition_loss_sum : forall n f,
  partition_loss (map f (seq 0 n)) = sum n (fun i => L (INR (f i))).
Proof.
  intros n f. induction n as [|n IH]; [reflexivity|].
  assert (Happ : forall l x, partition_loss (l ++ x :: nil) = partition_loss l + L (INR x)).
  { induction l as [|y l IHl]; intros x.
    - unfold partition_loss, total_loss. cbn [app fold_right]. ring.
    - change (L (INR y) + partition_loss (l ++ x :: nil)
              = L (INR y) + partition_loss l + L (INR x)). rewrite IHl. ring. }
  rewrite seq_S, map_app. cbn [map]. rewrite Happ, IH. reflexivity.
Qed.

Lemma bucket_sizes_positive : forall n k b, surjection n k b ->
  positive (bucket_sizes n k b).
Proof.
  intros n k b H. apply Forall_forall. intros m Hm.
  apply in_map_iff in Hm. destruct Hm as [i [<- Hi]]. apply in_seq in Hi.
  apply INR_le. apply (bucket_size_pos n k b i H). lia.
Qed.

Lemma bucket_sizes_sum : forall n k b, surjection n k b ->
  total (bucket_sizes n k b) = k.
Proof.
  intros n k b H. apply INR_eq. rewrite <- (bucket_sizes_total n k b H).
  unfold bucket_sizes. clear H. induction n as [|n IH]; [reflexivity|].
  assert (Happ : forall l x, total (l ++ x :: nil) = (total l + x)%nat).
  { induction l as [|y l IHl]; intros x; unfold total in *; simpl; [lia|].
    rewrite IHl. lia. }
  rewrite seq_S, map_app. cbn [map]. rewrite Happ, plus_INR, IH. reflexivity.
Qed.

(** Among copy-average points n-1 copies and one average of k-n+1 teachers are
    best, and only those. *)
Theorem best_copy_average : forall n k d b,
  (1 <= n)%nat -> (k <= d)%nat -> surjection n k b ->
  L (INR (k - n + 1)) <= loss n k d (average_a k b) (average_w k b) /\
  (loss n k d (average_a k b) (average_w k b) = L (INR (k - n + 1)) <->
   Permutation (bucket_sizes n k b) (copies_and_average n k)).
Proof.
  intros n k d b Hn Hkd Hb. rewrite (copy_average_loss n k d b Hkd Hb).
  rewrite <- (partition_loss_sum n (bucket_size k b)).
  change (map (bucket_size k b) (seq 0 n)) with (bucket_sizes n k b).
  assert (Hlen : length (bucket_sizes n k b) = n)
    by (unfold bucket_sizes; rewrite map_length, seq_length; reflexivity).
  assert (Hne : bucket_sizes n k b <> nil)
    by (intros E; rewrite E in Hlen; simpl in Hlen; lia).
  pose proof (bucket_sizes_positive n k b Hb) as Hp.
  pose proof (optimal_partition _ Hne Hp) as H1.
  pose proof (optimal_partition_unique _ Hne Hp) as H2.
  rewrite (bucket_sizes_sum n k b Hb), Hlen in H1, H2. split; assumption.
Qed.
