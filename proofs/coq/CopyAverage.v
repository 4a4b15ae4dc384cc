(** Copy-average points are critical points of the full loss, and the loss there
    is the sum of L over the bucket sizes.

    The k teachers are distributed over n buckets by a surjective map b; neuron i
    has outgoing weight l_i, the size of bucket i, and incoming weights
    1/sqrt(l_i (2 l_i - 1)) at the teachers of its bucket, 0 elsewhere: its
    length is r_i = 1/sqrt(2 l_i - 1). *)

From Coq Require Import Reals Lra Lia List FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel.
Open Scope R_scope.

Definition bucket_size (k : nat) (b : nat -> nat) (i : nat) : nat :=
  length (filter (fun p => Nat.eqb (b p) i) (seq 0 k)).

Definition share (l : R) : R := 1 / sqrt (l * (2 * l - 1)).

Definition average_a (k : nat) (b : nat -> nat) (i : nat) : R :=
  INR (bucket_size k b i).

Definition average_w (k : nat) (b : nat -> nat) (i : nat) : vector :=
  fun q => if andb (Nat.ltb q k) (Nat.eqb (b q) i)
           then share (INR (bucket_size k b i)) else 0.

Definition surjection (n k : nat) (b : nat -> nat) : Prop :=
  (forall p, (p < k)%nat -> (b p < n)%nat) /\
  (forall i, (i < n)%nat -> exists p, (p < k)%nat /\ b p = i).

(** ** Sums over a bucket *)

Definition bucket_sum (k : nat) (b : nat -> nat) (i : nat) (f : nat -> R) : R :=
  sum k (fun p => if Nat.eqb (b p) i then f p else 0).

Lemma bucket_size_sum : forall k b i,
  INR (bucket_size k b i) = bucket_sum k b i (fun _ => 1).
Proof.
  unfold bucket_size, bucket_sum. intros k b i. induction k as [|k IH]; [reflexivity|].
  rewrite seq_S, filter_app, app_length, plus_INR, IH. simpl.
  destruct (Nat.eqb (b k) i); reflexivity.
Qed.

Lemma bucket_sum_const : forall k b i c,
  bucket_sum k b i (fun _ => c) = INR (bucket_size k b i) * c.
Proof.
  intros. rewrite bucket_size_sum. unfold bucket_sum. rewrite <- sum_scal_r.
  apply sum_ext. intros p _. destruct (Nat.eqb (b p) i); ring.
Qed.

Lemma bucket_sum_ext : forall k b i f g,
  (forall p, (p < k)%nat -> b p = i -> f p = g p) ->
  bucket_sum k b i f = bucket_sum k b i g.
Proof.
  intros k b i f g H. apply sum_ext. intros p Hp.
  destruct (Nat.eqb_spec (b p) i); [apply H; assumption | reflexivity].
Qed.

Lemma bucket_sum_scal : forall k b i c f,
  bucket_sum k b i (fun p => c * f p) = c * bucket_sum k b i f.
Proof.
  intros. unfold bucket_sum. rewrite <- sum_scal. apply sum_ext. intros p _.
  destruct (Nat.eqb (b p) i); ring.
Qed.

Lemma bucket_sum_plus : forall k b i f g,
  bucket_sum k b i (fun p => f p + g p) = bucket_sum k b i f + bucket_sum k b i g.
Proof.
  intros. unfold bucket_sum. rewrite <- sum_plus. apply sum_ext. intros p _.
  destruct (Nat.eqb (b p) i); ring.
Qed.

Lemma sum_over_buckets : forall n k b f, surjection n k b ->
  sum k f = sum n (fun i => bucket_sum k b i f).
Proof. intros n k b f [Hb _]. apply (sum_by_bucket n k b f Hb). Qed.

Lemma bucket_size_pos : forall n k b i, surjection n k b -> (i < n)%nat ->
  1 <= INR (bucket_size k b i).
Proof.
  intros n k b i [_ Hs] Hi. destruct (Hs i Hi) as [p [Hp Hbp]].
  rewrite bucket_size_sum. unfold bucket_sum.
  pose proof (sum_term_le k (fun p => if Nat.eqb (b p) i then 1 else 0) p) as H.
  cbv beta in H. rewrite Hbp, Nat.eqb_refl in H. apply H; [|exact Hp].
  intros j _. destruct (Nat.eqb (b j) i); lra.
Qed.

(** The buckets hold all teachers. *)
Lemma bucket_sizes_total : forall n k b, surjection n k b ->
  sum n (fun i => INR (bucket_size k b i)) = INR k.
Proof.
  intros n k b H. transitivity (sum k (fun _ => 1)); [|rewrite sum_const; ring].
  rewrite (sum_over_buckets n k b _ H). apply sum_ext. intros i _.
  apply bucket_size_sum.
Qed.

(** ** Inner products at a copy-average point *)

Lemma share_square : forall l, 1 <= l -> share l * share l = 1 / (l * (2 * l - 1)).
Proof.
  intros l Hl. assert (H : 0 < l * (2 * l - 1)) by nra.
  pose proof (sqrt_lt_R0 _ H). unfold share.
  rewrite <- (sqrt_sqrt (l * (2 * l - 1))) at 3 by lra. field. lra.
Qed.

Lemma share_pos : forall l, 1 <= l -> 0 < share l.
Proof.
  intros l Hl. unfold share. apply Rdiv_lt_0_compat; [lra|].
  apply sqrt_lt_R0. nra.
Qed.

Section Inner.

Variables (n k d : nat) (b : nat -> nat).
Hypothesis Hkd : (k <= d)%nat.
Hypothesis Hb : surjection n k b.

Let l (i : nat) : R := INR (bucket_size k b i).
Let w (i : nat) : vector := average_w k b i.

Lemma dot_average : forall o i,
  dot d o (w i) = share (l i) * bucket_sum k b i o.
Proof.
  intros o i. unfold dot. rewrite (sum_truncate k d).
  - rewrite <- bucket_sum_scal. apply sum_ext. intros q Hq.
    unfold w, average_w. fold (l i). apply Nat.ltb_lt in Hq. rewrite Hq. simpl.
    destruct (Nat.eqb (b q) i); ring.
  - exact Hkd.
  - intros q Hq. unfold w, average_w.
    replace (Nat.ltb q k) with false by (symmetry; apply Nat.ltb_ge; lia).
    simpl. ring.
Qed.

Lemma average_at : forall i p, (p < k)%nat ->
  w i p = if Nat.eqb (b p) i then share (l i) else 0.
Proof.
  intros i p Hp. unfold w, average_w. apply Nat.ltb_lt in Hp. rewrite Hp. reflexivity.
Qed.

Lemma dot_averages : forall i j, (i < n)%nat ->
  dot d (w i) (w j) = if Nat.eqb i j then 1 / (2 * l i - 1) else 0.
Proof.
  intros i j Hi. rewrite dot_average. destruct (Nat.eqb_spec i j) as [<-|Hij].
  - rewrite (bucket_sum_ext k b i _ (fun _ => share (l i))).
    + rewrite bucket_sum_const. fold (l i).
      pose proof (bucket_size_pos n k b i Hb Hi) as Hl. fold (l i) in Hl.
      replace (share (l i) * (l i * share (l i)))
        with (l i * (share (l i) * share (l i))) by ring.
      rewrite share_square by exact Hl. field. lra.
    + intros p Hp E. rewrite average_at, E, Nat.eqb_refl by exact Hp. reflexivity.
  - rewrite (bucket_sum_ext k b j _ (fun _ => 0)).
    + rewrite bucket_sum_const. ring.
    + intros p Hp E. rewrite average_at, E by exact Hp.
      destruct (Nat.eqb_spec j i); [congruence | reflexivity].
Qed.

Lemma s_average : forall i, (i < n)%nat -> s d (w i) = 2 * l i / (2 * l i - 1).
Proof.
  intros i Hi. unfold s. rewrite dot_averages, Nat.eqb_refl by exact Hi.
  pose proof (bucket_size_pos n k b i Hb Hi) as Hl. fold (l i) in Hl. field. lra.
Qed.

(** Inside a bucket both arcsines have the argument 1/(2l). *)
Lemma kernel_average_self : forall i, (i < n)%nat ->
  kernel d (w i) (w i) = 2 / PI * asin (1 / (2 * l i)).
Proof.
  intros i Hi. rewrite kernel_self, s_average by exact Hi. do 2 f_equal.
  pose proof (bucket_size_pos n k b i Hb Hi) as Hl. fold (l i) in Hl. field. lra.
Qed.

Lemma share_over_root : forall x, 1 <= x ->
  share x / sqrt (2 * (2 * x / (2 * x - 1))) = 1 / (2 * x).
Proof.
  intros x Hx. unfold share.
  assert (H1 : 0 < x * (2 * x - 1)) by nra.
  assert (H2 : 0 < 2 * (2 * x / (2 * x - 1)))
    by (apply Rmult_lt_0_compat; [lra | apply Rdiv_lt_0_compat; lra]).
  pose proof (sqrt_lt_R0 _ H1). pose proof (sqrt_lt_R0 _ H2).
  replace (2 * x) with (sqrt (x * (2 * x - 1)) * sqrt (2 * (2 * x / (2 * x - 1)))) at 4.
  - field. split; lra.
  - rewrite <- sqrt_mult by lra.
    replace (x * (2 * x - 1) * (2 * (2 * x / (2 * x - 1)))) with (2 * x * (2 * x))
      by (field; lra).
    apply sqrt_square. lra.
Qed.

Lemma kernel_average_teacher : forall i p, (i < n)%nat -> (p < k)%nat ->
  kernel d (w i) (teacher p)
  = if Nat.eqb (b p) i then 2 / PI * asin (1 / (2 * l i)) else 0.
Proof.
  intros i p Hi Hp. rewrite kernel_teacher by lia.
  rewrite average_at, s_average by assumption.
  pose proof (bucket_size_pos n k b i Hb Hi) as Hl. fold (l i) in Hl.
  destruct (Nat.eqb (b p) i).
  - rewrite share_over_root by exact Hl. reflexivity.
  - replace (0 / _) with 0 by (unfold Rdiv; ring). rewrite asin_0. ring.
Qed.

Lemma kernel_averages : forall i j, (i < n)%nat -> i <> j ->
  kernel d (w i) (w j) = 0.
Proof.
  intros i j Hi Hij. unfold kernel, K. rewrite dot_averages by exact Hi.
  destruct (Nat.eqb_spec i j); [contradiction|].
  replace (0 / _) with 0 by (unfold Rdiv; ring). rewrite asin_0. ring.
Qed.

(** ** Every neuron sees each bucket matched exactly *)

Lemma bucket_matched : forall i j, (i < n)%nat -> (j < n)%nat ->
  l j * kernel d (w i) (w j) = bucket_sum k b j (fun p => kernel d (w i) (teacher p)).
Proof.
  intros i j Hi Hj. destruct (Nat.eq_dec i j) as [<-|Hij].
  - rewrite (bucket_sum_ext k b i _ (fun _ => 2 / PI * asin (1 / (2 * l i)))).
    + rewrite bucket_sum_const, kernel_average_self by exact Hi. reflexivity.
    + intros p Hp E. rewrite kernel_average_teacher, E, Nat.eqb_refl by assumption.
      reflexivity.
  - rewrite kernel_averages by assumption.
    rewrite (bucket_sum_ext k b j _ (fun _ => 0)).
    + rewrite bucket_sum_const. ring.
    + intros p Hp E. rewrite kernel_average_teacher, E by assumption.
      destruct (Nat.eqb_spec j i); [congruence | reflexivity].
Qed.

(** a_j share_j / sqrt(s_j) = 1/sqrt 2 for every bucket size. *)
Lemma linear_part_matched : forall x, 1 <= x ->
  x * share x / sqrt (2 * x / (2 * x - 1)) = 1 / sqrt 2.
Proof.
  intros x Hx. pose proof (share_over_root x Hx) as H.
  assert (H2 : 0 <= 2 * x / (2 * x - 1)).
  { apply Rlt_le, Rdiv_lt_0_compat; lra. }
  assert (H2' : 0 < sqrt (2 * x / (2 * x - 1)))
    by (apply sqrt_lt_R0, Rdiv_lt_0_compat; lra).
  pose proof Rlt_sqrt2_0 as H3.
  rewrite sqrt_mult in H by lra.
  replace (x * share x / sqrt (2 * x / (2 * x - 1)))
    with (x * sqrt 2 * (share x / (sqrt 2 * sqrt (2 * x / (2 * x - 1)))))
    by (field; lra).
  rewrite H. rewrite <- (sqrt_sqrt 2) at 2 by lra. field. lra.
Qed.

Lemma k1_average_teacher_other : forall i p o, (i < n)%nat -> (p < k)%nat -> b p <> i ->
  k1 d (w i) (teacher p) o = o p / sqrt (2 * s d (w i)).
Proof.
  intros i p o Hi Hp Hne. unfold k1. rewrite !dot_teacher_r, s_teacher by lia.
  rewrite average_at by exact Hp.
  destruct (Nat.eqb_spec (b p) i); [contradiction|].
  unfold Rsqr. f_equal; [ring|]. f_equal. ring.
Qed.

(** The roots in the derivatives of the own arcsines, with s = 2x/(2x-1). *)
Lemma own_root : forall x, 1 <= x ->
  sqrt (2 * x / (2 * x - 1) * (2 * x / (2 * x - 1)) - (1 / (2 * x - 1))²)
  = x * share x * sqrt (2 * x / (2 * x - 1) * 2 - (share x)²).
Proof.
  intros x Hx. pose proof (share_pos x Hx) as Hs. pose proof (share_square x Hx) as Hc.
  change (share x)² with (share x * share x). rewrite Hc.
  replace (2 * x / (2 * x - 1) * 2 - 1 / (x * (2 * x - 1))) with ((2 * x + 1) / x)
    by (field; lra).
  replace (2 * x / (2 * x - 1) * (2 * x / (2 * x - 1)) - (1 / (2 * x - 1))²)
    with ((x * share x)² * ((2 * x + 1) / x)).
  - rewrite sqrt_mult.
    + rewrite sqrt_Rsqr; [reflexivity | nra].
    + apply Rle_0_sqr.
    + apply Rlt_le, Rdiv_lt_0_compat; lra.
  - unfold Rsqr. replace (x * share x * (x * share x)) with (x * x * (share x * share x))
      by ring.
    rewrite Hc. field. lra.
Qed.

Lemma own_root_pos : forall x, 1 <= x ->
  0 < sqrt (2 * x / (2 * x - 1) * 2 - (share x)²).
Proof.
  intros x Hx. apply sqrt_lt_R0. change (share x)² with (share x * share x).
  rewrite share_square by exact Hx.
  replace (2 * x / (2 * x - 1) * 2 - 1 / (x * (2 * x - 1))) with ((2 * x + 1) / x)
    by (field; lra).
  apply Rdiv_lt_0_compat; lra.
Qed.

Lemma k1_average_self : forall i o, (i < n)%nat ->
  l i * k1 d (w i) (w i) o
  = bucket_sum k b i (fun p => k1 d (w i) (teacher p) o).
Proof.
  intros i o Hi. pose proof (bucket_size_pos n k b i Hb Hi) as Hl. fold (l i) in Hl.
  pose proof (own_root (l i) Hl) as Hroot. pose proof (own_root_pos (l i) Hl) as HD.
  pose proof (share_pos (l i) Hl) as Hs. pose proof (share_square (l i) Hl) as Hc.
  set (D := sqrt (2 * l i / (2 * l i - 1) * 2 - (share (l i))²)) in *.
  set (sigma := bucket_sum k b i o).
  rewrite (bucket_sum_ext k b i _
    (fun p => / D * o p + - (share (l i) * (share (l i) * sigma
                / (2 * l i / (2 * l i - 1)))) / D)).
  - rewrite bucket_sum_plus, bucket_sum_scal, bucket_sum_const.
    fold sigma. fold (l i). unfold k1.
    rewrite (dot_sym d (w i) o), dot_average, dot_averages, Nat.eqb_refl by exact Hi.
    rewrite s_average by exact Hi. fold sigma. rewrite Hroot.
    replace (- (share (l i) * (share (l i) * sigma / (2 * l i / (2 * l i - 1)))))
      with (- (share (l i) * share (l i)) * sigma / (2 * l i / (2 * l i - 1)))
      by (field; lra).
    rewrite Hc. field. repeat split; lra.
  - intros p Hp E. unfold k1. rewrite !dot_teacher_r, s_teacher, s_average by lia.
    rewrite (dot_sym d (w i) o), dot_average, average_at, E, Nat.eqb_refl by exact Hp.
    fold sigma. fold D. field. repeat split; lra.
Qed.

Lemma k1_average_other : forall i j o, (i < n)%nat -> (j < n)%nat -> i <> j ->
  l j * k1 d (w i) (w j) o
  = bucket_sum k b j (fun p => k1 d (w i) (teacher p) o).
Proof.
  intros i j o Hi Hj Hij.
  pose proof (bucket_size_pos n k b i Hb Hi) as Hli. fold (l i) in Hli.
  pose proof (bucket_size_pos n k b j Hb Hj) as Hlj. fold (l j) in Hlj.
  rewrite (bucket_sum_ext k b j _ (fun p => / sqrt (2 * s d (w i)) * o p)).
  - rewrite bucket_sum_scal. unfold k1.
    rewrite dot_average, dot_averages by exact Hi.
    destruct (Nat.eqb_spec i j); [contradiction|].
    rewrite !s_average by assumption.
    set (si := 2 * l i / (2 * l i - 1)). set (sj := 2 * l j / (2 * l j - 1)).
    assert (Hsi : 0 < si) by (apply Rdiv_lt_0_compat; lra).
    assert (Hsj : 0 < sj) by (apply Rdiv_lt_0_compat; lra).
    pose proof (linear_part_matched (l j) Hlj) as Hlin. fold sj in Hlin.
    pose proof (sqrt_lt_R0 _ Hsi). pose proof (sqrt_lt_R0 _ Hsj).
    pose proof Rlt_sqrt2_0.
    replace (si * sj - 0²) with (si * sj) by (unfold Rsqr; ring).
    rewrite !sqrt_mult by lra.
    replace (/ (sqrt 2 * sqrt si)) with (1 / sqrt 2 / sqrt si) by (field; lra).
    rewrite <- Hlin. field. lra.
  - intros p Hp E. rewrite k1_average_teacher_other by (try assumption; congruence).
    unfold Rdiv. ring.
Qed.

Lemma residual_zero : forall i, (i < n)%nat ->
  residual n k d (average_a k b) (average_w k b) i = 0.
Proof.
  intros i Hi. unfold residual. rewrite (sum_over_buckets n k b _ Hb).
  rewrite <- sum_minus. apply sum_zero. intros j Hj.
  pose proof (bucket_matched i j Hi Hj) as H. unfold w, l in H.
  unfold average_a. rewrite H. ring.
Qed.

Lemma force_zero : forall i o, (i < n)%nat ->
  force n k d (average_a k b) (average_w k b) i o = 0.
Proof.
  intros i o Hi. unfold force. rewrite (sum_over_buckets n k b _ Hb).
  rewrite <- sum_minus. rewrite sum_zero; [ring|]. intros j Hj.
  destruct (Nat.eq_dec i j) as [<-|Hij].
  - pose proof (k1_average_self i o Hi) as H. unfold w, l in H.
    unfold average_a. rewrite H. ring.
  - pose proof (k1_average_other i j o Hi Hj Hij) as H. unfold w, l in H.
    unfold average_a. rewrite H. ring.
Qed.

Lemma loss_at_average :
  loss n k d (average_a k b) (average_w k b)
  = sum n (fun i => L (INR (bucket_size k b i))).
Proof.
  unfold loss. rewrite teachers_energy by exact Hkd.
  rewrite <- (bucket_sizes_total n k b Hb).
  replace (sum n (fun i => INR (bucket_size k b i)) / 3)
    with (sum n (fun i => / 3 * INR (bucket_size k b i)))
    by (rewrite sum_scal; field).
  rewrite <- sum_scal, <- sum_minus, <- sum_plus. apply sum_ext. intros i Hi.
  pose proof (residual_zero i Hi) as Hr. unfold residual in Hr.
  fold (average_a k b i) (average_w k b i).
  replace (sum n (fun j => average_a k b i * average_a k b j
                           * kernel d (average_w k b i) (average_w k b j)))
    with (average_a k b i * sum n (fun j => average_a k b j
                           * kernel d (average_w k b i) (average_w k b j)))
    by (rewrite <- sum_scal; apply sum_ext; intros; ring).
  rewrite sum_scal.
  set (A := sum n (fun j => average_a k b j
                            * kernel d (average_w k b i) (average_w k b j))) in *.
  set (B := sum k (fun p => kernel d (average_w k b i) (teacher p))) in *.
  replace A with B by lra.
  assert (EB : B = INR (bucket_size k b i)
                   * (2 / PI * asin (1 / (2 * INR (bucket_size k b i))))).
  { unfold B. rewrite (sum_over_buckets n k b _ Hb).
    rewrite (sum_single n i).
    - rewrite <- bucket_sum_const. apply bucket_sum_ext. intros p Hp E.
      pose proof (kernel_average_teacher i p Hi Hp) as H. unfold w, l in H.
      rewrite H, E, Nat.eqb_refl. reflexivity.
    - exact Hi.
    - intros j Hj Hne. transitivity (bucket_sum k b j (fun _ => 0)).
      + apply bucket_sum_ext. intros p Hp E.
        pose proof (kernel_average_teacher i p Hi Hp) as H. unfold w, l in H.
        rewrite H, E. destruct (Nat.eqb_spec j i); [contradiction | reflexivity].
      + rewrite bucket_sum_const. ring. }
  rewrite EB. unfold average_a, L, Rsqr. field. apply PI_neq0.
Qed.

End Inner.

Lemma move_a_0 : forall a da, move_a a da 0 = a.
Proof. intros. apply functional_extensionality. intros i. unfold move_a. ring. Qed.

Lemma move_w_0 : forall w dw, move_w w dw 0 = w.
Proof.
  intros. apply functional_extensionality. intros i.
  apply functional_extensionality. intros q. unfold move_w, line. ring.
Qed.

(** The derivative of the loss vanishes at every copy-average point, in every
    direction (da, dw) of the n outgoing and n times d incoming weights. *)
Theorem copy_average_critical : forall n k d b (da : nat -> R) (dw : nat -> vector),
  (k <= d)%nat -> surjection n k b ->
  is_derive (fun t => loss n k d (move_a (average_a k b) da t)
                                 (move_w (average_w k b) dw t)) 0 0.
Proof.
  intros n k d b da dw Hkd Hb.
  apply (derive_value _ _ _ _ (loss_derivative n k d _ _ da dw 0)).
  rewrite move_a_0, move_w_0. rewrite sum_zero; [ring|]. intros i Hi.
  rewrite residual_zero, force_zero by assumption. ring.
Qed.

(** The loss at a copy-average point is the sum of L over the bucket sizes. *)
Theorem copy_average_loss : forall n k d b, (k <= d)%nat -> surjection n k b ->
  loss n k d (average_a k b) (average_w k b)
  = sum n (fun i => L (INR (bucket_size k b i))).
Proof. exact loss_at_average. Qed.
