(** The global optimum of one neuron for k teachers: for every outgoing weight
    and every vector of incoming weights the loss is at least L(k), and it is
    L(k) exactly at the average neuron and its negative. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel Concavity Arcsine CopyAverage.
Open Scope R_scope.

(** The loss of the one neuron (a, w). *)
Definition one_neuron_loss (k d : nat) (a : R) (w : vector) : R :=
  loss 1 k d (fun _ => a) (fun _ => w).

(** The average neuron: outgoing weight k, incoming weights 1/sqrt(k(2k-1)) at
    the teachers, 0 in the extra dimensions. *)
Definition average_neuron (k : nat) : vector :=
  fun q => if Nat.ltb q k then share (INR k) else 0.

Lemma one_neuron_loss_eq : forall k d a w, (k <= d)%nat ->
  one_neuron_loss k d a w
  = 2 / PI * (a * a * asin (1 - 1 / s d w)
              - 2 * a * sum k (fun p => asin (w p / sqrt (2 * s d w)))) + INR k / 3.
Proof.
  intros k d a w Hkd. unfold one_neuron_loss, loss.
  rewrite teachers_energy by exact Hkd. cbn [sum].
  rewrite kernel_self.
  rewrite (sum_ext k _ (fun p => a * (2 / PI) * asin (w p / sqrt (2 * s d w)))).
  - rewrite sum_scal. ring.
  - intros p Hp. rewrite kernel_teacher by lia. ring.
Qed.

Lemma one_neuron_loss_opp : forall k d a w, (k <= d)%nat ->
  one_neuron_loss k d (- a) (fun q => - w q) = one_neuron_loss k d a w.
Proof.
  intros k d a w Hkd. rewrite !one_neuron_loss_eq by exact Hkd.
  assert (Es : s d (fun q => - w q) = s d w).
  { unfold s, dot. f_equal. apply sum_ext. intros; ring. }
  rewrite Es.
  rewrite (sum_ext k (fun p => asin (- w p / sqrt (2 * s d w)))
             (fun p => -1 * asin (w p / sqrt (2 * s d w)))).
  - rewrite sum_scal. ring.
  - intros p _. replace (- w p / sqrt (2 * s d w)) with (- (w p / sqrt (2 * s d w)))
      by (unfold Rdiv; ring). rewrite asin_opp. ring.
Qed.

Section Optimum.

Variables (k d : nat) (w : vector).
Hypothesis Hk : (1 <= k)%nat.
Hypothesis Hkd : (k <= d)%nat.

(** k as a real, the correlation of the neuron with itself, the correlations with
    the teachers, and what these would be if they were equal. *)
Let K : R := INR k.
Let own : R := 1 - 1 / s d w.
Let x (p : nat) : R := w p / sqrt (2 * s d w).
Let m : R := sqrt (own * (1 / (2 * K))).
Let A : R := asin own.
Let T : R := asin (1 / (2 * K)).
Let Sum : R := sum k (fun p => asin (x p)).

Lemma K_ge_1 : 1 <= K.
Proof. unfold K. apply (le_INR 1), Hk. Qed.

Lemma inv_2K : 0 < 1 / (2 * K) <= 1 / 2.
Proof.
  pose proof K_ge_1. split.
  - apply Rdiv_lt_0_compat; lra.
  - apply Rle_div_l; [lra|]. field_simplify; lra.
Qed.

Lemma root_pos : 0 < sqrt (2 * s d w).
Proof. apply sqrt_lt_R0. pose proof (s_ge_1 d w). lra. Qed.

Lemma own_eq : own = dot d w w / s d w.
Proof. unfold own. pose proof (s_ge_1 d w). unfold s in *. field. lra. Qed.

Lemma own_range : 0 <= own < 1.
Proof.
  pose proof (s_ge_1 d w) as Hs. pose proof (dot_self_nonneg d w). split.
  - rewrite own_eq. apply Rle_div_r; lra.
  - unfold own. assert (0 < 1 / s d w) by (apply Rdiv_lt_0_compat; lra). lra.
Qed.

Lemma x_square : forall p, (x p)² = w p * w p / (2 * s d w).
Proof.
  intros p. unfold x. pose proof root_pos. pose proof (s_ge_1 d w).
  assert (E : sqrt (2 * s d w) * sqrt (2 * s d w) = 2 * s d w) by (apply sqrt_sqrt; lra).
  unfold Rsqr. rewrite <- E at 3. field. lra.
Qed.

(** The part of |w|^2 in the teachers' dimensions. *)
Lemma x_squares : sum k (fun p => (x p)²) = dot k w w / (2 * s d w).
Proof.
  unfold dot, Rdiv. rewrite <- sum_scal_r. apply sum_ext. intros p _. apply x_square.
Qed.

Lemma dot_inside : dot k w w <= dot d w w.
Proof.
  apply sum_prefix_le; [exact Hkd|]. intros q. apply (Rle_0_sqr (w q)).
Qed.

Lemma x_squares_le : sum k (fun p => (x p)²) <= own / 2.
Proof.
  rewrite x_squares, own_eq. pose proof dot_inside. pose proof (s_ge_1 d w) as Hs.
  replace (dot d w w / s d w / 2) with (dot d w w / (2 * s d w)) by (field; lra).
  apply Rmult_le_compat_r; [|assumption]. apply Rlt_le, Rinv_0_lt_compat. lra.
Qed.

Lemma x_square_half : forall p, (p < k)%nat -> (x p)² <= 1 / 2.
Proof.
  intros p Hp. pose proof x_squares_le. pose proof own_range.
  pose proof (sum_term_le k (fun p => (x p)²) p (fun j _ => Rle_0_sqr (x j)) Hp) as H1.
  cbv beta in H1. lra.
Qed.

Lemma m_square : m² = own * (1 / (2 * K)).
Proof.
  unfold m. rewrite Rsqr_sqrt; [reflexivity|].
  pose proof own_range. pose proof inv_2K. nra.
Qed.

Lemma m_square_half : m² <= 1 / 2.
Proof. rewrite m_square. pose proof own_range. pose proof inv_2K. nra. Qed.

Lemma tangent_sum : 0 < m ->
  sum k (fun p => tangent m (x p)) <= K * asin m /\
  (sum k (fun p => tangent m (x p)) = K * asin m -> dot k w w = dot d w w).
Proof.
  intros Hm. pose proof x_squares_le as Hx. pose proof K_ge_1. pose proof m_square_half.
  assert (Hq : 0 < sqrt (1 - m²)) by (apply sqrt_lt_R0; lra).
  set (c := / (2 * m * sqrt (1 - m²))).
  assert (Hc : 0 < c) by (apply Rinv_0_lt_compat; nra).
  assert (E : sum k (fun p => tangent m (x p))
              = K * asin m + c * (sum k (fun p => (x p)²) - K * m²)).
  { unfold tangent. rewrite sum_plus, sum_const.
    rewrite (sum_ext k (fun p => ((x p)² - m²) / (2 * m * sqrt (1 - m²)))
              (fun p => c * ((x p)² - m²))) by (intros; unfold c, Rdiv; ring).
    rewrite sum_scal, sum_minus, sum_const. unfold K. ring. }
  assert (EK : K * m² = own / 2) by (rewrite m_square; field; lra).
  rewrite EK in E. split.
  - rewrite E. nra.
  - intros E'. assert (Hz : c * (sum k (fun p => (x p)²) - own / 2) = 0) by lra.
    assert (Hs : sum k (fun p => (x p)²) = own / 2).
    { apply Rmult_integral in Hz. destruct Hz; lra. }
    rewrite x_squares, own_eq in Hs. pose proof (s_ge_1 d w).
    apply Rmult_eq_reg_r with (/ (2 * s d w)).
    + unfold Rdiv in Hs. rewrite Hs. field. lra.
    + apply Rinv_neq_0_compat. lra.
Qed.

Lemma sum_le_K : 0 < m -> Sum <= K * asin m.
Proof.
  intros Hm. destruct (tangent_sum Hm) as [H _].
  apply Rle_trans with (2 := H). apply sum_le. intros p Hp.
  apply asin_tangent; [exact Hm | apply m_square_half | apply x_square_half, Hp].
Qed.

(** If the bound on the sum is attained, all correlations are equal and w has no
    part outside the teachers' dimensions. *)
Lemma sum_eq_K : 0 < m -> Sum = K * asin m ->
  (forall p, (p < k)%nat -> x p = m) /\ dot k w w = dot d w w.
Proof.
  intros Hm E. destruct (tangent_sum Hm) as [H1 H2].
  assert (Hle : forall p, (p < k)%nat -> asin (x p) <= tangent m (x p)).
  { intros p Hp. apply asin_tangent; [exact Hm | apply m_square_half | apply x_square_half, Hp]. }
  pose proof (sum_le k (fun p => asin (x p)) (fun p => tangent m (x p)) Hle) as H3.
  fold Sum in H3.
  assert (Et : sum k (fun p => tangent m (x p)) = K * asin m) by lra.
  split; [|apply H2, Et]. intros p Hp.
  apply asin_tangent_eq; [exact Hm | apply m_square_half | apply x_square_half, Hp |].
  apply (sum_le_eq k (fun p => asin (x p)) (fun p => tangent m (x p)) Hle); [|exact Hp].
  fold Sum. lra.
Qed.

Lemma own_pos_m_pos : 0 < own -> 0 < m.
Proof. intros H. apply sqrt_lt_R0. pose proof inv_2K. nra. Qed.

Lemma T_pos : 0 < T.
Proof. apply asin_pos. pose proof inv_2K. lra. Qed.

(** asin(m)^2 <= A T, with equality only if own = 1/(2k). *)
Lemma product_bound : 0 < own ->
  (asin m)² <= A * T /\ ((asin m)² = A * T -> own = 1 / (2 * K)).
Proof.
  intros H. pose proof own_range. pose proof inv_2K.
  destruct (Req_dec own (1 / (2 * K))) as [E|Hne].
  - split; [|intros _; exact E]. unfold A, T, m. rewrite E.
    rewrite sqrt_square by lra. unfold Rsqr. lra.
  - pose proof (asin_multiplicatively_convex own (1 / (2 * K))) as Hc.
    fold m A T in Hc. assert (Hlt : (asin m)² < A * T) by (apply Hc; lra || exact Hne).
    split; [lra | intros E; lra].
Qed.

Lemma asin_m_nonneg : 0 <= asin m.
Proof.
  apply asin_nonneg. split; [apply sqrt_pos|].
  apply half_bounds; [apply sqrt_pos | apply m_square_half].
Qed.

Lemma loss_as_square : forall a, 0 < A ->
  one_neuron_loss k d a w - L K
  = 2 / PI / A * ((a * A - Sum)² + (K² * (A * T) - Sum²)).
Proof.
  intros a HA. rewrite one_neuron_loss_eq by exact Hkd.
  fold own. change (sum k (fun p => asin (w p / sqrt (2 * s d w)))) with Sum.
  fold A. unfold L. fold T K. unfold Rsqr. pose proof PI_RGT_0. field. split; lra.
Qed.

Lemma two_over_PI : 0 < 2 / PI.
Proof. apply Rdiv_lt_0_compat; [lra | apply PI_RGT_0]. Qed.

(** With w = 0 the loss is k/3. *)
Lemma loss_own_zero : forall a, own = 0 -> one_neuron_loss k d a w = INR k / 3.
Proof.
  intros a E. rewrite one_neuron_loss_eq by exact Hkd. fold own. rewrite E, asin_0.
  rewrite sum_zero; [ring|]. intros p Hp. change (asin (x p) = 0).
  pose proof x_squares_le as Hx. rewrite E in Hx.
  pose proof (sum_term_le k (fun p => (x p)²) p (fun j _ => Rle_0_sqr (x j)) Hp) as H1.
  cbv beta in H1. pose proof (Rle_0_sqr (x p)).
  assert (E0 : (x p)² = 0) by lra. apply Rsqr_0_uniq in E0. rewrite E0. apply asin_0.
Qed.

Lemma L_below_third : L K < K / 3.
Proof.
  unfold L. fold T. pose proof T_pos. pose proof two_over_PI. pose proof K_ge_1.
  assert (0 < 2 / PI * K² * T); [|lra].
  repeat apply Rmult_lt_0_compat; try assumption; lra.
Qed.

Lemma minus_sum_le_K : 0 < m -> - Sum <= K * asin m.
Proof.
  intros Hm. destruct (tangent_sum Hm) as [H _].
  apply Rle_trans with (2 := H).
  replace (- Sum) with (sum k (fun p => -1 * asin (x p)))
    by (rewrite sum_scal; unfold Sum; ring).
  apply sum_le. intros p Hp.
  replace (-1 * asin (x p)) with (asin (- x p)) by (rewrite asin_opp; ring).
  replace (tangent m (x p)) with (tangent m (- x p))
    by (unfold tangent; rewrite <- Rsqr_neg; reflexivity).
  apply asin_tangent; [exact Hm | apply m_square_half |].
  rewrite <- Rsqr_neg. apply x_square_half, Hp.
Qed.

Lemma sum_square_le : 0 < own -> Sum² <= K² * (asin m)².
Proof.
  intros H. pose proof (own_pos_m_pos H) as Hm.
  pose proof (sum_le_K Hm). pose proof (minus_sum_le_K Hm).
  rewrite <- Rsqr_mult. apply Rsqr_le_abs_1.
  rewrite (Rabs_pos_eq (K * asin m)).
  - apply Rabs_le. lra.
  - pose proof K_ge_1. pose proof asin_m_nonneg. nra.
Qed.

Lemma own_cases : own = 0 \/ 0 < own.
Proof. pose proof own_range. destruct (Rle_lt_or_eq_dec 0 own); lra. Qed.

Lemma bound : forall a, L K <= one_neuron_loss k d a w.
Proof.
  intros a. destruct own_cases as [H|H].
  - rewrite (loss_own_zero a H). fold K. apply Rlt_le, L_below_third.
  - pose proof own_range. assert (HA : 0 < A) by (apply asin_pos; lra).
    pose proof (loss_as_square a HA) as E. pose proof (sum_square_le H).
    destruct (product_bound H) as [Hp _]. pose proof K_ge_1. pose proof two_over_PI.
    assert (0 <= K²) by apply Rle_0_sqr.
    assert (Hs : 0 <= (a * A - Sum)² + (K² * (A * T) - Sum²)).
    { pose proof (Rle_0_sqr (a * A - Sum)). nra. }
    assert (0 < 2 / PI / A) by (apply Rdiv_lt_0_compat; assumption).
    assert (0 <= 2 / PI / A * ((a * A - Sum)² + (K² * (A * T) - Sum²))) by nra.
    lra.
Qed.

(** Equality with a nonnegative outgoing weight. *)
Lemma equality : forall a, 0 <= a -> one_neuron_loss k d a w = L K ->
  a = K /\ forall q, (q < d)%nat -> w q = average_neuron k q.
Proof.
  intros a Ha E. pose proof K_ge_1 as HK.
  destruct own_cases as [H|H].
  { rewrite (loss_own_zero a H) in E. fold K in E. pose proof L_below_third. lra. }
  pose proof own_range as Hown. assert (HA : 0 < A) by (apply asin_pos; lra).
  pose proof (loss_as_square a HA) as Es. pose proof (sum_square_le H) as Hss.
  destruct (product_bound H) as [Hp Heq]. pose proof two_over_PI.
  assert (HK2 : 0 < K²) by (unfold Rsqr; nra).
  assert (HA' : 0 < 2 / PI / A) by (apply Rdiv_lt_0_compat; assumption).
  pose proof (Rle_0_sqr (a * A - Sum)) as Hsq.
  assert (Hz : (a * A - Sum)² + (K² * (A * T) - Sum²) = 0).
  { apply Rmult_eq_reg_l with (2 / PI / A); lra. }
  assert (Hpk : K² * (asin m)² <= K² * (A * T)) by nra.
  assert (Hz1 : a * A - Sum = 0) by (apply Rsqr_0_uniq; lra).
  assert (Ho : own = 1 / (2 * K)).
  { apply Heq. apply Rmult_eq_reg_l with (K²); lra. }
  assert (Em : m = 1 / (2 * K)).
  { unfold m. rewrite Ho. apply sqrt_square. pose proof inv_2K. lra. }
  assert (EAT : A = T) by (unfold A, T; rewrite Ho; reflexivity).
  assert (EaK : a = K).
  { apply Rsqr_inj; [exact Ha | lra |].
    apply Rmult_eq_reg_r with (A * A); [|nra].
    replace (a² * (A * A)) with ((a * A)²) by (unfold Rsqr; ring).
    replace (a * A) with Sum by lra. rewrite <- EAT, Hz1, Rsqr_0 in Hz. lra. }
  split; [exact EaK|].
  pose proof (own_pos_m_pos H) as Hm.
  destruct (sum_eq_K Hm) as [Hx Hd].
  { rewrite Em. fold T. rewrite <- EAT, <- EaK. lra. }
  assert (Hs : s d w = 2 * K / (2 * K - 1)).
  { pose proof (s_ge_1 d w). unfold own in Ho.
    assert (E1 : 1 / s d w = (2 * K - 1) / (2 * K)).
    { replace ((2 * K - 1) / (2 * K)) with (1 - 1 / (2 * K)) by (field; lra). lra. }
    replace (s d w) with (1 / (1 / s d w)) by (field; lra).
    rewrite E1. field. lra. }
  intros q Hq. unfold average_neuron. destruct (Nat.ltb_spec q k) as [Hqk|Hqk].
  - specialize (Hx q Hqk). rewrite Em in Hx. unfold x in Hx.
    rewrite <- (share_over_root K HK), <- Hs in Hx. fold K.
    apply Rmult_eq_reg_r with (/ sqrt (2 * s d w)); [exact Hx|].
    apply Rinv_neq_0_compat. pose proof root_pos. lra.
  - pose proof (sum_prefix_eq k d (fun q => w q * w q) Hkd
                  (fun q => Rle_0_sqr (w q)) Hd q ltac:(lia)) as Hwq.
    apply Rmult_integral in Hwq. destruct Hwq; assumption.
Qed.

End Optimum.

(** The loss depends on the weights below d alone. *)
Lemma one_neuron_loss_ext : forall k d a w w', (k <= d)%nat ->
  (forall q, (q < d)%nat -> w q = w' q) ->
  one_neuron_loss k d a w = one_neuron_loss k d a w'.
Proof.
  intros k d a w w' Hkd H. rewrite !one_neuron_loss_eq by exact Hkd.
  assert (Es : s d w = s d w').
  { unfold s, dot. f_equal. apply sum_ext. intros q Hq. rewrite H by exact Hq. ring. }
  rewrite Es. do 3 f_equal. f_equal. apply sum_ext. intros p Hp. rewrite H by lia. ring.
Qed.

Lemma one_bucket : forall k, (1 <= k)%nat -> surjection 1 k (fun _ => 0%nat).
Proof.
  intros k Hk. split; [intros; lia|]. intros i Hi. exists 0%nat. lia.
Qed.

Lemma one_bucket_size : forall k, bucket_size k (fun _ => 0%nat) 0 = k.
Proof.
  intros k. apply INR_eq. rewrite bucket_size_sum. unfold bucket_sum. simpl.
  rewrite sum_const. ring.
Qed.

Lemma loss_of_average_neuron : forall k d, (1 <= k)%nat -> (k <= d)%nat ->
  one_neuron_loss k d (INR k) (average_neuron k) = L (INR k).
Proof.
  intros k d Hk Hkd.
  pose proof (copy_average_loss 1 k d _ Hkd (one_bucket k Hk)) as H.
  cbn [sum] in H. rewrite one_bucket_size, Rplus_0_l in H. rewrite <- H.
  unfold one_neuron_loss, loss. cbn [sum]. unfold average_a. rewrite one_bucket_size.
  replace (average_w k (fun _ => 0%nat) 0) with (average_neuron k); [reflexivity|].
  unfold average_w, average_neuron. rewrite one_bucket_size.
  apply FunctionalExtensionality.functional_extensionality. intros q.
  rewrite Nat.eqb_refl, Bool.andb_true_r. reflexivity.
Qed.

(** One neuron cannot do better than L(k), whatever its weights. *)
Theorem one_neuron_bound : forall k d a w, (1 <= k)%nat -> (k <= d)%nat ->
  L (INR k) <= one_neuron_loss k d a w.
Proof. intros k d a w Hk Hkd. exact (bound k d w Hk Hkd a). Qed.

(** It attains L(k) exactly at the average neuron and its negative. *)
Theorem one_neuron_optimum : forall k d a w, (1 <= k)%nat -> (k <= d)%nat ->
  (one_neuron_loss k d a w = L (INR k) <->
   exists sign, (sign = 1 \/ sign = -1) /\ a = sign * INR k /\
     forall q, (q < d)%nat -> w q = sign * average_neuron k q).
Proof.
  intros k d a w Hk Hkd. split.
  - intros E. destruct (Rle_lt_dec 0 a) as [Ha|Ha].
    + destruct (equality k d w Hk Hkd a Ha E) as [H1 H2].
      exists 1. split; [left; reflexivity|]. split; [lra|].
      intros q Hq. rewrite H2 by exact Hq. ring.
    + rewrite <- one_neuron_loss_opp in E by exact Hkd.
      destruct (equality k d (fun q => - w q) Hk Hkd (- a) ltac:(lra) E) as [H1 H2].
      exists (-1). split; [right; reflexivity|]. split; [lra|].
      intros q Hq. specialize (H2 q Hq). cbv beta in H2. lra.
  - intros [sign [[-> | ->] [-> Hw]]].
    + rewrite Rmult_1_l. rewrite <- (loss_of_average_neuron k d Hk Hkd).
      apply one_neuron_loss_ext; [exact Hkd|]. intros q Hq. rewrite Hw by exact Hq. ring.
    + rewrite <- (loss_of_average_neuron k d Hk Hkd).
      rewrite <- (one_neuron_loss_opp k d (INR k)) by exact Hkd.
      replace (-1 * INR k) with (- INR k) by ring.
      apply one_neuron_loss_ext; [exact Hkd|]. intros q Hq. rewrite Hw by exact Hq. ring.
Qed.
