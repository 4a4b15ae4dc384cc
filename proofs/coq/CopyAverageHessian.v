(** The Hessian of the full loss at a copy-average point decouples into small
    blocks: one per coordinate inside a bucket, one per extra dimension, and one
    per bucket for its total weights and its outgoing weight. *)

From Coq Require Import Reals Lra Lia List FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel SecondDerivative CopyAverage.
Open Scope R_scope.

(** ** Functions of a bucket size x *)

Definition root (x : R) : R := sqrt (4 * x² - 1).
Definition z (x : R) : R := sqrt (x * (2 * x - 1) / 2).
Definition theta (x : R) : R := asin (1 / (2 * x)).

(** e = x^2 sqrt((2x-1)/(2x+1)); delta = e - z^2; delta_own = delta - gap. *)
Definition e (x : R) : R := x² * (2 * x - 1) / root x.
Definition delta (x : R) : R := e x - (z x)².
Definition gap (x : R) : R := x² * (2 * x - 1) / (root x * (4 * x² - 1)).
Definition delta_own (x : R) : R := delta x - gap x.

(** Coefficients of the square of the bucket's total and of its product with the
    outgoing weight. *)
Definition kappa (x : R) : R := x * (2 * x - 1) * (3 - 4 * x) / (root x * (4 * x² - 1)).
Definition mixed (x : R) : R := (2 * x - 1)² * z x / (sqrt 2 * (2 * x - 1) * x * root x).

(** ** The blocks, for bucket sizes l *)

(** The block of one extra dimension, in the n incoming weights x. *)
Definition shared_block (n : nat) (l : nat -> R) (x : nat -> R) : R :=
  (sum n (fun i => z (l i) * x i))² + sum n (fun i => delta (l i) * (x i)²).

(** The block of directions with zero sum over bucket p. *)
Definition zero_sum_block (n : nat) (l : nat -> R) (p : nat) (x : nat -> R) : R :=
  shared_block n l x - gap (l p) * (x p)².

Definition others (n : nat) (l : nat -> R) (p : nat) (x : nat -> R) : R :=
  sum n (fun j => if Nat.eqb j p then 0 else z (l j) * x j).

(** The block of the outgoing weight of neuron p and of the sums over bucket p of
    the n neurons' incoming weights. *)
Definition average_block (n : nat) (l : nat -> R) (p : nat) (a : R) (x : nat -> R) : R :=
  shared_block n l x / l p - gap (l p) / l p * (x p)²
  + kappa (l p) * (x p)² + theta (l p) * a² + 2 * mixed (l p) * a * x p
  + sqrt 2 * a / l p * others n l p x - z (l p) * x p / (l p)² * others n l p x.

Section Relations.

Variable x : R.
Hypothesis Hx : 1 <= x.

Lemma root_square : root x * root x = 4 * x² - 1.
Proof. apply sqrt_sqrt. unfold Rsqr. nra. Qed.

Lemma root_positive : 0 < root x.
Proof. apply sqrt_lt_R0. unfold Rsqr. nra. Qed.

Lemma z_positive : 0 < z x.
Proof. apply sqrt_lt_R0. nra. Qed.

Lemma z_square : z x * z x = x * (2 * x - 1) / 2.
Proof. apply sqrt_sqrt. nra. Qed.

Lemma s_positive : 0 < 2 * x / (2 * x - 1).
Proof. apply Rdiv_lt_0_compat; lra. Qed.

(** With s = 2x/(2x-1): z = x / sqrt s and share = sqrt s / (sqrt 2 x). *)
Lemma z_over_root : z x = x / sqrt (2 * x / (2 * x - 1)).
Proof.
  pose proof s_positive as Hs. pose proof (sqrt_lt_R0 _ Hs) as Hq.
  apply Rmult_eq_reg_r with (sqrt (2 * x / (2 * x - 1))); [|lra].
  unfold z. rewrite <- sqrt_mult by nra.
  replace (x * (2 * x - 1) / 2 * (2 * x / (2 * x - 1))) with (x * x) by (field; lra).
  rewrite sqrt_square by lra. field. lra.
Qed.

Lemma share_over : share x = sqrt (2 * x / (2 * x - 1)) * (1 / sqrt 2) / x.
Proof.
  pose proof s_positive as Hs. pose proof (sqrt_lt_R0 _ Hs) as Hq.
  pose proof (linear_part_matched x Hx) as H. pose proof Rlt_sqrt2_0.
  rewrite <- H. field. lra.
Qed.

(** sqrt(2s - share^2) = root * share. *)
Lemma teacher_root : sqrt (2 * x / (2 * x - 1) * 2 - (share x)²) = root x * share x.
Proof.
  pose proof (share_pos x Hx) as Hs. pose proof root_positive as Hr.
  rewrite <- (sqrt_square (root x * share x)) by nra. f_equal.
  replace (root x * share x * (root x * share x))
    with (root x * root x * (share x * share x)) by ring.
  change (share x)² with (share x * share x).
  rewrite root_square, (share_square x Hx). unfold Rsqr. field. lra.
Qed.

End Relations.

Lemma half_root : 1 / sqrt 2 * (1 / sqrt 2) = 1 / 2.
Proof.
  pose proof Rlt_sqrt2_0. assert (E : sqrt 2 * sqrt 2 = 2) by (apply sqrt_sqrt; lra).
  replace (1 / sqrt 2 * (1 / sqrt 2)) with (1 / (sqrt 2 * sqrt 2)) by (field; lra).
  rewrite E. reflexivity.
Qed.

Section Hessian.

Variables (n k d : nat) (b : nat -> nat).
Hypothesis Hkd : (k <= d)%nat.
Hypothesis Hb : surjection n k b.
Variables (da : nat -> R) (dw : nat -> vector).

Let l (i : nat) : R := INR (bucket_size k b i).
Let w (i : nat) : vector := average_w k b i.

(** The sum over bucket j of neuron i's movements. *)
Let sigma (i j : nat) : R := bucket_sum k b j (dw i).

Lemma l_ge_1 : forall i, (i < n)%nat -> 1 <= l i.
Proof. intros i Hi. exact (bucket_size_pos n k b i Hb Hi). Qed.

Lemma dot_average_l : forall i o, dot d (w i) o = share (l i) * bucket_sum k b i o.
Proof. intros. rewrite dot_sym. exact (dot_average k d b Hkd o i). Qed.

Lemma dot_average_r : forall i o, dot d o (w i) = share (l i) * bucket_sum k b i o.
Proof. intros. exact (dot_average k d b Hkd o i). Qed.

Lemma s_at : forall i, (i < n)%nat -> s d (w i) = 2 * l i / (2 * l i - 1).
Proof. intros i Hi. exact (s_average n k d b Hkd Hb i Hi). Qed.

Lemma dots_at : forall i j, (i < n)%nat ->
  dot d (w i) (w j) = if Nat.eqb i j then 1 / (2 * l i - 1) else 0.
Proof. intros i j Hi. exact (dot_averages n k d b Hkd Hb i j Hi). Qed.

Lemma dot_zero : forall o, dot d o (fun _ => 0) = 0.
Proof. intros. apply sum_zero. intros. ring. Qed.

(** *** Two neurons *)

Lemma k1_between : forall i j, (i < n)%nat -> (j < n)%nat -> i <> j ->
  l j * k1 d (w j) (w i) (dw j) = z (l j) * sigma j i / (sqrt 2 * l i).
Proof.
  intros i j Hi Hj Hij. unfold k1.
  rewrite dot_average_r, dots_at by exact Hj.
  destruct (Nat.eqb_spec j i); [congruence|].
  rewrite !s_at by assumption.
  pose proof (l_ge_1 i Hi) as Hli. pose proof (l_ge_1 j Hj) as Hlj.
  pose proof (s_positive _ Hli) as Hsi. pose proof (s_positive _ Hlj) as Hsj.
  pose proof (sqrt_lt_R0 _ Hsi). pose proof (sqrt_lt_R0 _ Hsj).
  pose proof Rlt_sqrt2_0.
  rewrite (z_over_root _ Hlj), (share_over _ Hli). fold (sigma j i).
  set (si := 2 * l i / (2 * l i - 1)) in *. set (sj := 2 * l j / (2 * l j - 1)) in *.
  replace (sj * si - 0²) with (sj * si) by (unfold Rsqr; ring).
  rewrite sqrt_mult by lra. field. repeat split; lra.
Qed.

Lemma k2_between : forall i j, (i < n)%nat -> (j < n)%nat -> i <> j ->
  l i * (l j * k2 d (w i) (w j) (dw i) (dw j)
         - bucket_sum k b j (fun p => k2 d (w i) (teacher p) (dw i) (fun _ => 0)))
  = z (l i) * z (l j)
    * (dot d (dw i) (dw j) - sigma j i * sigma i i / (2 * (l i)²)
       - sigma i j * sigma j j / (2 * (l j)²)).
Proof.
  intros i j Hi Hj Hij.
  pose proof (l_ge_1 i Hi) as Hli. pose proof (l_ge_1 j Hj) as Hlj.
  pose proof (s_positive _ Hli) as Hsi. pose proof (s_positive _ Hlj) as Hsj.
  pose proof (sqrt_lt_R0 _ Hsi) as Hqi. pose proof (sqrt_lt_R0 _ Hsj) as Hqj.
  pose proof Rlt_sqrt2_0 as H2.
  assert (Ei := sqrt_sqrt _ (Rlt_le _ _ Hsi)). assert (Ej := sqrt_sqrt _ (Rlt_le _ _ Hsj)).
  set (si := 2 * l i / (2 * l i - 1)) in *. set (sj := 2 * l j / (2 * l j - 1)) in *.
  set (qi := sqrt si) in *. set (qj := sqrt sj) in *. set (h := 1 / sqrt 2).
  rewrite (bucket_sum_ext k b j _
    (fun p => - 2 * (share (l i) * sigma i i) / (qi * qi) * (h / qi) * dw i p)).
  2:{ intros p Hp Ep. unfold k2.
      rewrite !dot_teacher_r, !dot_zero, s_teacher, s_at, !dot_average_l by lia.
      change (w i p) with (average_w k b i p); rewrite (average_at k b i p Hp), Ep.
      destruct (Nat.eqb_spec j i); [congruence|].
      fold si. fold (sigma i i).
      replace (si * 2 - 0²) with (2 * si) by (unfold Rsqr; ring).
      rewrite sqrt_mult by lra. fold qi. rewrite <- Ei.
      replace (bucket_sum k b i (fun _ => 0)) with 0 by (rewrite bucket_sum_const; ring).
      replace (h / qi) with (1 / (sqrt 2 * qi)) by (unfold h; field; lra).
      replace (sqrt 2 * qi * (sqrt 2 * qi) * (sqrt 2 * qi))
        with (2 * (qi * qi) * (sqrt 2 * qi)).
      - unfold Rsqr. field. split; lra.
      - replace (2 * (qi * qi)) with (sqrt 2 * sqrt 2 * (qi * qi)); [ring|].
        rewrite sqrt_sqrt by lra. ring. }
  rewrite bucket_sum_scal. fold (sigma i j).
  unfold k2. rewrite dots_at by exact Hi.
  destruct (Nat.eqb_spec i j); [contradiction|].
  rewrite !s_at, !dot_average_l, !dot_average_r by assumption.
  fold (sigma i i) (sigma i j) (sigma j i) (sigma j j). fold si sj.
  replace (si * sj - 0²) with (si * sj) by (unfold Rsqr; ring).
  rewrite sqrt_mult by lra. fold qi qj. rewrite <- Ei, <- Ej.
  rewrite (z_over_root _ Hli), (z_over_root _ Hlj). fold si sj. fold qi qj.
  rewrite (share_over _ Hli), (share_over _ Hlj). fold si sj. fold qi qj. fold h.
  replace (sigma j i * sigma i i / (2 * (l i)²))
    with (sigma j i * sigma i i * (h * h) / (l i)²)
    by (unfold h; rewrite half_root; unfold Rsqr; field; lra).
  replace (sigma i j * sigma j j / (2 * (l j)²))
    with (sigma i j * sigma j j * (h * h) / (l j)²)
    by (unfold h; rewrite half_root; unfold Rsqr; field; lra).
  unfold Rsqr. field. repeat split; lra.
Qed.

(** *** One neuron and its own bucket *)

Lemma k1_own : forall i, (i < n)%nat ->
  l i * k1 d (w i) (w i) (dw i) = mixed (l i) * sigma i i.
Proof.
  intros i Hi. pose proof (l_ge_1 i Hi) as Hli. unfold k1.
  rewrite dots_at, Nat.eqb_refl, s_at, dot_average_l, dot_average_r by exact Hi.
  fold (sigma i i).
  rewrite (own_root _ Hli), (teacher_root _ Hli).
  pose proof (share_pos _ Hli) as Hs. pose proof (root_positive _ Hli) as Hr.
  pose proof (share_square _ Hli) as Hc. pose proof Rlt_sqrt2_0.
  pose proof (s_positive _ Hli) as Hsi. pose proof (sqrt_lt_R0 _ Hsi) as Hqi.
  assert (Ez : z (l i) = 1 / (sqrt 2 * share (l i))).
  { rewrite (z_over_root _ Hli), (share_over _ Hli). field. lra. }
  unfold mixed. rewrite Ez.
  replace (sqrt 2 * (2 * l i - 1) * l i * root (l i)) with
    (sqrt 2 * ((2 * l i - 1) * l i) * root (l i)) by ring.
  replace ((2 * l i - 1)² * (1 / (sqrt 2 * share (l i))) / (sqrt 2 * ((2 * l i - 1) * l i) * root (l i)))
    with ((2 * l i - 1) / (sqrt 2 * sqrt 2 * share (l i) * l i * root (l i)))
    by (unfold Rsqr; field; repeat split; lra).
  rewrite sqrt_sqrt by lra.
  field. repeat split; lra.
Qed.

Lemma k2_own : forall i, (i < n)%nat ->
  l i * (l i * k2 d (w i) (w i) (dw i) (dw i)
         - bucket_sum k b i (fun p => k2 d (w i) (teacher p) (dw i) (fun _ => 0)))
  = e (l i) * dot d (dw i) (dw i)
    - gap (l i) * bucket_sum k b i (fun p => (dw i p)²)
    + kappa (l i) * (sigma i i)².
Proof.
  intros i Hi. pose proof (l_ge_1 i Hi) as Hli.
  pose proof (share_pos _ Hli) as Hs. pose proof (root_positive _ Hli) as Hr.
  pose proof (share_square _ Hli) as Hc. pose proof (root_square _ Hli) as Hrr.
  set (x := l i) in *. set (c := share x) in *. set (r := root x) in *.
  set (S := sigma i i). set (oo := dot d (dw i) (dw i)).
  set (q2 := bucket_sum k b i (fun p => (dw i p)²)).
  assert (Hx2 : 0 < 4 * x² - 1) by (unfold Rsqr; nra).
  assert (Hx1 : 0 < 2 * x - 1) by lra.
  rewrite (bucket_sum_ext k b i _ (fun p =>
      (1 / (r * (4 * x² - 1) * (c * c))) * (dw i p)²
    + (- (S / (2 * x / (2 * x - 1))) / r
       - (2 * S + c * c * S / (2 * x / (2 * x - 1))) / (r * (4 * x² - 1) * (c * c))) * dw i p
    + (- (oo / (2 * x / (2 * x - 1)) - 2 * (c * c) * S² / (2 * x / (2 * x - 1))²) / r
       + 2 * S² / (2 * x / (2 * x - 1)) / (r * (4 * x² - 1))))).
  2:{ intros p Hp Ep. unfold k2.
      rewrite !dot_teacher_r, !dot_zero, s_teacher, s_at, !dot_average_l by lia.
      change (w i p) with (average_w k b i p); rewrite (average_at k b i p Hp), Ep, Nat.eqb_refl.
      fold (l i). fold x. fold c. fold (sigma i i). fold S. fold oo.
      replace (bucket_sum k b i (fun _ => 0)) with 0 by (rewrite bucket_sum_const; ring).
      pose proof (teacher_root _ Hli) as Ht. fold x c r in Ht. rewrite Ht.
      replace (r * c * (r * c) * (r * c)) with (r * r * r * c * (c * c)) by ring.
      rewrite Hrr. unfold Rsqr in *. field. repeat split; lra. }
  rewrite !bucket_sum_plus, !bucket_sum_scal, !bucket_sum_const.
  fold (l i). fold x. fold q2. fold (sigma i i). fold S.
  unfold k2. rewrite dots_at, Nat.eqb_refl, s_at, !dot_average_l, !dot_average_r by exact Hi.
  fold x c. fold (sigma i i). fold S. fold oo.
  pose proof (own_root _ Hli) as Ho. pose proof (teacher_root _ Hli) as Ht.
  fold x c r in Ho, Ht. rewrite Ho, Ht.
  replace (x * c * (r * c) * (x * c * (r * c)) * (x * c * (r * c)))
    with (x * (c * c) * (x * (c * c)) * (x * (c * c)) * (r * (r * r))) by ring.
  replace (x * c * (r * c)) with (x * (c * c) * r) by ring.
  replace ((c * S)²) with (c * c * S²) by (unfold Rsqr; ring).
  replace ((c * S - 1 / (2 * x - 1) * (c * S / (2 * x / (2 * x - 1))))
           * (c * S * (2 * x / (2 * x - 1)) + 2 * x / (2 * x - 1) * (c * S)
              - 1 / (2 * x - 1) * (c * S + c * S)))
    with (c * c * (S * S) * (2 * x - 1) / x) by (field; lra).
  replace ((c * S + c * S) * (c * S / (2 * x / (2 * x - 1))))
    with (c * c * (S * S) * (2 * x - 1) / x) by (field; lra).
  unfold e, gap, kappa. fold r. rewrite Hrr, Hc. unfold Rsqr in *.
  field. repeat split; lra.
Qed.

(** *** All together *)

Let pick (i : nat) (f : nat -> R) : R := sum n (fun j => if Nat.eqb j i then 0 else f j).

Lemma sum_pick : forall i f, (i < n)%nat -> sum n f = f i + pick i f.
Proof.
  intros i f Hi. unfold pick.
  rewrite (sum_ext n f (fun j => (if Nat.eqb j i then f i else 0)
                                 + (if Nat.eqb j i then 0 else f j))).
  - rewrite sum_plus. f_equal. rewrite (sum_single n i); [rewrite Nat.eqb_refl; reflexivity | exact Hi |].
    intros j _ Hne. destruct (Nat.eqb_spec j i); [contradiction | reflexivity].
  - intros j _. destruct (Nat.eqb_spec j i); [subst; ring | ring].
Qed.

Lemma pick_ext : forall i f g, (forall j, (j < n)%nat -> j <> i -> f j = g j) ->
  pick i f = pick i g.
Proof.
  intros i f g H. apply sum_ext. intros j Hj.
  destruct (Nat.eqb_spec j i); [reflexivity | apply H; assumption].
Qed.

Lemma pick_scal : forall i c f, pick i (fun j => c * f j) = c * pick i f.
Proof.
  intros. unfold pick. rewrite <- sum_scal. apply sum_ext. intros j _.
  destruct (Nat.eqb j i); ring.
Qed.

Lemma pick_minus : forall i f g, pick i (fun j => f j - g j) = pick i f - pick i g.
Proof.
  intros. unfold pick. rewrite <- sum_minus. apply sum_ext. intros j _.
  destruct (Nat.eqb j i); ring.
Qed.

Lemma pick_swap : forall f : nat -> nat -> R,
  sum n (fun i => pick i (fun j => f i j)) = sum n (fun i => pick i (fun j => f j i)).
Proof.
  intros f. unfold pick. rewrite sum_swap. apply sum_ext. intros i _.
  apply sum_ext. intros j _. rewrite Nat.eqb_sym. reflexivity.
Qed.

(** The sum over coordinates of [shared_block] on the columns of dw. *)
Lemma columns : forall m (f : nat -> nat -> R),
  sum m (fun q => shared_block n l (fun i => f i q))
  = sum n (fun i => e (l i) * sum m (fun q => (f i q)²)
                    + pick i (fun j => z (l i) * z (l j) * sum m (fun q => f i q * f j q))).
Proof.
  intros m f.
  transitivity (sum n (fun i => sum n (fun j =>
      z (l i) * z (l j) * sum m (fun q => f i q * f j q))
      + delta (l i) * sum m (fun q => (f i q)²))).
  - unfold shared_block. rewrite sum_plus, sum_plus. f_equal.
    + transitivity (sum m (fun q => sum n (fun i => sum n (fun j =>
        z (l i) * z (l j) * (f i q * f j q))))).
      * apply sum_ext. intros q _. unfold Rsqr. rewrite <- sum_scal_r.
        apply sum_ext. intros i _. rewrite <- sum_scal. apply sum_ext. intros j _. ring.
      * rewrite sum_swap. apply sum_ext. intros i _. rewrite sum_swap.
        apply sum_ext. intros j _. apply sum_scal.
    + rewrite sum_swap. apply sum_ext. intros i _. apply sum_scal.
  - apply sum_ext. intros i Hi. rewrite (sum_pick i _ Hi).
    replace (sum m (fun q => f i q * f i q)) with (sum m (fun q => (f i q)²)) by reflexivity.
    unfold delta, Rsqr. ring.
Qed.

Lemma force_at : forall i, (i < n)%nat ->
  force n k d (average_a k b) w i (dw i) = 0.
Proof. intros i Hi. exact (force_zero n k d b Hkd Hb i (dw i) Hi). Qed.

Lemma kernel_row : forall i, (i < n)%nat ->
  sum n (fun j => da j * kernel d (w i) (w j)) = 2 / PI * (theta (l i) * da i).
Proof.
  intros i Hi. rewrite (sum_single n i).
  - unfold w. rewrite (kernel_average_self n k d b Hkd Hb i Hi). unfold theta.
    fold (l i). ring.
  - exact Hi.
  - intros j Hj Hne. unfold w. rewrite (kernel_averages n k d b Hkd Hb i j Hi); [ring | congruence].
Qed.

Lemma k1_row : forall i, (i < n)%nat ->
  sum n (fun j => average_a k b j * k1 d (w j) (w i) (dw j))
  = mixed (l i) * sigma i i
    + others n l i (fun j => sigma j i) / (sqrt 2 * l i).
Proof.
  intros i Hi. rewrite (sum_pick i _ Hi). f_equal.
  - exact (k1_own i Hi).
  - pose proof (l_ge_1 i Hi). pose proof Rlt_sqrt2_0.
    rewrite (pick_ext i _ (fun j => / (sqrt 2 * l i) * (z (l j) * sigma j i))).
    + rewrite pick_scal. unfold pick, others, Rdiv. ring.
    + intros j Hj Hne. unfold average_a. fold (l j).
      rewrite (k1_between i j Hi Hj ltac:(congruence)). unfold Rdiv. ring.
Qed.

Lemma k2_row : forall i, (i < n)%nat ->
  average_a k b i *
    (sum n (fun j => average_a k b j * k2 d (w i) (w j) (dw i) (dw j))
     - sum k (fun p => k2 d (w i) (teacher p) (dw i) (fun _ => 0)))
  = e (l i) * dot d (dw i) (dw i)
    - gap (l i) * bucket_sum k b i (fun p => (dw i p)²) + kappa (l i) * (sigma i i)²
    + (pick i (fun j => z (l i) * z (l j) * dot d (dw i) (dw j))
       - pick i (fun j => z (l i) * z (l j) * (sigma j i * sigma i i / (2 * (l i)²)))
       - pick i (fun j => z (l i) * z (l j) * (sigma i j * sigma j j / (2 * (l j)²)))).
Proof.
  intros i Hi. rewrite (sum_over_buckets n k b _ Hb), <- sum_minus, <- sum_scal.
  rewrite (sum_pick i _ Hi). f_equal.
  - exact (k2_own i Hi).
  - rewrite <- !pick_minus. apply pick_ext. intros j Hj Hne.
    unfold average_a. fold (l i) (l j).
    rewrite (k2_between i j Hi Hj ltac:(congruence)). ring.
Qed.

(** The spread of a bucket's entries about their mean. *)
Lemma spread : forall p (f : nat -> R), (p < n)%nat ->
  bucket_sum k b p (fun q => (f q)²)
  = bucket_sum k b p (fun q => (f q - bucket_sum k b p f / l p)²)
    + (bucket_sum k b p f)² / l p.
Proof.
  intros p f Hp. pose proof (l_ge_1 p Hp). set (m := bucket_sum k b p f).
  rewrite (bucket_sum_ext k b p (fun q => (f q - m / l p)²)
    (fun q => (f q)² + (- 2 * (m / l p) * f q + (m / l p)²))) by (intros; unfold Rsqr; ring).
  rewrite !bucket_sum_plus, bucket_sum_scal, bucket_sum_const. fold (l p). fold m.
  unfold Rsqr. field. lra.
Qed.

Lemma bucket_sum_sum : forall p m (f : nat -> nat -> R),
  bucket_sum k b p (fun q => sum m (fun i => f i q))
  = sum m (fun i => bucket_sum k b p (f i)).
Proof.
  intros. unfold bucket_sum. rewrite <- sum_swap. apply sum_ext. intros q _.
  destruct (Nat.eqb (b q) p); [reflexivity|]. symmetry. apply sum_zero. reflexivity.
Qed.

Lemma shared_spread : forall p, (p < n)%nat ->
  bucket_sum k b p (fun q => shared_block n l (fun i => dw i q))
  = bucket_sum k b p (fun q => shared_block n l (fun i => dw i q - sigma i p / l p))
    + shared_block n l (fun i => sigma i p) / l p.
Proof.
  intros p Hp. pose proof (l_ge_1 p Hp). unfold shared_block.
  rewrite !bucket_sum_plus, !bucket_sum_sum.
  rewrite (spread p (fun q => sum n (fun i => z (l i) * dw i q)) Hp).
  rewrite (bucket_sum_sum p n (fun i q => z (l i) * dw i q)).
  rewrite (sum_ext n (fun i => bucket_sum k b p (fun q => z (l i) * dw i q))
             (fun i => z (l i) * sigma i p)) by (intros; apply bucket_sum_scal).
  set (m := sum n (fun i => z (l i) * sigma i p)).
  rewrite (bucket_sum_ext k b p (fun q => (sum n (fun i => z (l i) * dw i q) - m / l p)²)
    (fun q => (sum n (fun i => z (l i) * (dw i q - sigma i p / l p)))²)).
  2:{ intros q _ _. f_equal. unfold m, Rdiv. rewrite <- sum_scal_r, <- sum_minus.
      apply sum_ext. intros i _. ring. }
  rewrite (sum_ext n (fun i => bucket_sum k b p (fun q => delta (l i) * (dw i q)²))
    (fun i => bucket_sum k b p (fun q => delta (l i) * (dw i q - sigma i p / l p)²)
              + / l p * (delta (l i) * (sigma i p)²))).
  - rewrite sum_plus, sum_scal. unfold Rdiv. ring.
  - intros i _. rewrite !bucket_sum_scal, (spread p (dw i) Hp). fold (sigma i p).
    unfold Rdiv. ring.
Qed.

(** The form in blocks: a coordinate q of bucket p enters by its deviations from
    the bucket's mean, the bucket by its sums and its outgoing weight. *)
Definition blocks : R :=
  sum n (fun p =>
      bucket_sum k b p (fun q => zero_sum_block n l p (fun i => dw i q - sigma i p / l p))
      + average_block n l p (da p) (fun i => sigma i p))
  + sum (d - k) (fun q => shared_block n l (fun i => dw i (k + q)%nat)).

Lemma hessian_in_blocks :
  hessian n k d (average_a k b) w da dw = 4 / PI * blocks.
Proof.
  unfold hessian.
  rewrite (sum_ext n (fun i => da i * force n k d (average_a k b) w i (dw i)) (fun _ => 0))
    by (intros i Hi; rewrite force_at by exact Hi; ring).
  rewrite (sum_zero n (fun _ => 0)) by reflexivity.
  rewrite (sum_ext n (fun i => da i * sum n (fun j => da j * kernel d (w i) (w j)))
             (fun i => 2 / PI * (theta (l i) * (da i)²)))
    by (intros i Hi; rewrite kernel_row by exact Hi; unfold Rsqr; ring).
  rewrite (sum_ext n (fun i => da i * sum n (fun j => average_a k b j * k1 d (w j) (w i) (dw j)))
             (fun i => da i * (mixed (l i) * sigma i i
                + others n l i (fun j => sigma j i) / (sqrt 2 * l i))))
    by (intros i Hi; rewrite k1_row by exact Hi; ring).
  rewrite (sum_ext n (fun i => average_a k b i * _) _ (fun i Hi => k2_row i Hi)).
  rewrite sum_scal.
  set (X := fun i => pick i (fun j => z (l i) * z (l j) * (sigma j i * sigma i i / (2 * (l i)²)))).
  assert (EX : sum n (fun i => pick i (fun j => z (l i) * z (l j)
                 * (sigma i j * sigma j j / (2 * (l j)²)))) = sum n X).
  { rewrite pick_swap. apply sum_ext. intros i _. apply pick_ext. intros j _ _. ring. }
  (* the columns, from the right-hand side *)
  assert (Ecol : sum n (fun p => bucket_sum k b p (fun q => shared_block n l (fun i => dw i q)))
                 + sum (d - k) (fun q => shared_block n l (fun i => dw i (k + q)%nat))
               = sum n (fun i => e (l i) * dot d (dw i) (dw i)
                   + pick i (fun j => z (l i) * z (l j) * dot d (dw i) (dw j)))).
  { rewrite <- (sum_over_buckets n k b _ Hb).
    rewrite <- (sum_split k d (fun q => shared_block n l (fun i => dw i q)) Hkd).
    rewrite columns. reflexivity. }
  assert (Eblocks : blocks = sum n (fun p =>
      bucket_sum k b p (fun q => shared_block n l (fun i => dw i q))
      - gap (l p) * bucket_sum k b p (fun q => (dw p q)²)
      + (kappa (l p) * (sigma p p)² + theta (l p) * (da p)²
         + 2 * mixed (l p) * da p * sigma p p
         + sqrt 2 * da p / l p * others n l p (fun i => sigma i p)
         - z (l p) * sigma p p / (l p)² * others n l p (fun i => sigma i p)))
      + sum (d - k) (fun q => shared_block n l (fun i => dw i (k + q)%nat))).
  { unfold blocks. f_equal. apply sum_ext. intros p Hp. pose proof (l_ge_1 p Hp).
    unfold zero_sum_block, average_block.
    rewrite (shared_spread p Hp), (spread p (dw p) Hp). fold (sigma p p).
    rewrite (bucket_sum_ext k b p
      (fun q => shared_block n l (fun i => dw i q - sigma i p / l p)
                - gap (l p) * (dw p q - sigma p p / l p)²)
      (fun q => shared_block n l (fun i => dw i q - sigma i p / l p)
                + - gap (l p) * (dw p q - sigma p p / l p)²)) by (intros; ring).
    rewrite bucket_sum_plus, bucket_sum_scal. unfold Rdiv. ring. }
  rewrite Eblocks.
  rewrite (sum_ext n (fun p => bucket_sum k b p (fun q => shared_block n l (fun i => dw i q))
      - gap (l p) * bucket_sum k b p (fun q => (dw p q)²) + _)
    (fun p => bucket_sum k b p (fun q => shared_block n l (fun i => dw i q))
      + (- gap (l p) * bucket_sum k b p (fun q => (dw p q)²) + kappa (l p) * (sigma p p)²
         + theta (l p) * (da p)²
         + 2 * (da p * (mixed (l p) * sigma p p
                + others n l p (fun j => sigma j p) / (sqrt 2 * l p)))
         + -2 * X p))).
  - rewrite (sum_ext n (fun i => e (l i) * dot d (dw i) (dw i)
        - gap (l i) * bucket_sum k b i (fun p => (dw i p)²) + kappa (l i) * (sigma i i)² + _)
      (fun i => (e (l i) * dot d (dw i) (dw i)
                   + pick i (fun j => z (l i) * z (l j) * dot d (dw i) (dw j)))
        + (- gap (l i) * bucket_sum k b i (fun p => (dw i p)²) + kappa (l i) * (sigma i i)²
        + (-1 * X i + -1 * pick i (fun j => z (l i) * z (l j)
                 * (sigma i j * sigma j j / (2 * (l j)²)))))))
      by (intros; unfold X; ring).
    rewrite sum_plus, <- Ecol.
    rewrite !sum_plus, !sum_scal, EX. field. apply PI_neq0.
  - intros p Hp. pose proof (l_ge_1 p Hp). pose proof Rlt_sqrt2_0.
    assert (EXp : X p = z (l p) * sigma p p / (2 * (l p)²) * others n l p (fun i => sigma i p)).
    { unfold X. rewrite (pick_ext p _ (fun j => z (l p) * sigma p p / (2 * (l p)²)
                                                * (z (l j) * sigma j p)))
        by (intros; unfold Rdiv; ring).
      rewrite pick_scal. reflexivity. }
    rewrite EXp.
    replace (sqrt 2 * da p / l p) with (2 * da p / (sqrt 2 * l p))
      by (replace (2 * da p) with (sqrt 2 * sqrt 2 * da p) by (rewrite sqrt_sqrt; lra);
          field; lra).
    unfold Rsqr. field. lra.
Qed.

End Hessian.

(** The second derivative at a copy-average point, in every direction, is 4/pi
    times the sum of the blocks. *)
Theorem copy_average_hessian : forall n k d b da dw,
  (k <= d)%nat -> surjection n k b ->
  is_derive_n (fun t => loss n k d (move_a (average_a k b) da t)
                                   (move_w (average_w k b) dw t)) 2 0
    (4 / PI * blocks n k d b da dw).
Proof.
  intros n k d b da dw Hkd Hb.
  rewrite <- (hessian_in_blocks n k d b Hkd Hb da dw).
  pose proof (loss_second_derivative n k d (average_a k b) (average_w k b) da dw 0) as H.
  rewrite move_a_0, move_w_0 in H. exact H.
Qed.
