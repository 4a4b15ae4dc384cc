(** Inequalities for the arcsine: a tangent bound on asin sqrt y, and
    multiplicative convexity. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel.
Open Scope R_scope.

Lemma asin_increasing : forall x y, -1 < x -> x < y -> y < 1 -> asin x < asin y.
Proof.
  intros x y Hx Hxy Hy.
  apply (increasing_by_derivative asin (fun x => / sqrt (1 - x²)) x y Hxy).
  - intros z Hz. apply is_derive_asin. lra.
  - intros z Hz. apply Rinv_0_lt_compat, sqrt_lt_R0. unfold Rsqr. nra.
Qed.

Lemma asin_pos : forall x, 0 < x < 1 -> 0 < asin x.
Proof. intros x Hx. rewrite <- asin_0. apply asin_increasing; lra. Qed.

Lemma asin_nonneg : forall x, 0 <= x < 1 -> 0 <= asin x.
Proof.
  intros x [[H|<-] H1].
  - apply Rlt_le, asin_pos; lra.
  - rewrite asin_0. lra.
Qed.

(** ** The tangent bound *)

(** cos is strictly concave on [0, pi/2]. *)
Lemma cos_tangent : forall u v, 0 <= u <= PI / 2 -> 0 <= v <= PI / 2 -> u <> v ->
  (u - v) * sin v < cos v - cos u.
Proof.
  intros u v Hu Hv Hne. pose proof PI_RGT_0.
  destruct (Rtotal_order u v) as [Huv|[Huv|Huv]]; [|contradiction|].
  - destruct (MVT_cor2 cos (fun x => - sin x) u v Huv) as [c [E Hc]].
    { intros c _. apply derivable_pt_lim_cos. }
    assert (sin c < sin v) by (apply sin_increasing_1; lra). nra.
  - destruct (MVT_cor2 cos (fun x => - sin x) v u Huv) as [c [E Hc]].
    { intros c _. apply derivable_pt_lim_cos. }
    assert (sin v < sin c) by (apply sin_increasing_1; lra). nra.
Qed.

Lemma half_bounds : forall x, 0 <= x -> x² <= 1 / 2 -> x < 1.
Proof. intros x H0 H. unfold Rsqr in H. nra. Qed.

Lemma asin_le_PI4 : forall x, 0 <= x -> x² <= 1 / 2 -> asin x <= PI / 4.
Proof.
  intros x H0 H. pose proof (half_bounds x H0 H) as H1. pose proof PI_RGT_0.
  pose proof (asin_bound x) as Hb.
  apply Rnot_lt_le. intros Hlt.
  assert (Hs : sin (PI / 4) < sin (asin x)) by (apply sin_increasing_1; lra).
  rewrite sin_asin, sin_PI4 in Hs by lra.
  assert (Hq : 0 < 1 / sqrt 2) by (apply Rdiv_lt_0_compat; [lra | apply Rlt_sqrt2_0]).
  assert (Hqq : 1 / sqrt 2 * (1 / sqrt 2) = 1 / 2).
  { rewrite <- (sqrt_sqrt 2) at 3 by lra. pose proof Rlt_sqrt2_0. field. lra. }
  unfold Rsqr in H. nra.
Qed.

(** asin sqrt y lies below its tangent at y = m^2, for y, m^2 <= 1/2. *)
Definition tangent (m x : R) : R := asin m + (x² - m²) / (2 * m * sqrt (1 - m²)).

Lemma asin_below_tangent : forall m x,
  0 < m -> m² <= 1 / 2 -> 0 <= x -> x² <= 1 / 2 -> x <> m -> asin x < tangent m x.
Proof.
  intros m x Hm Hm2 Hx Hx2 Hne. unfold tangent.
  pose proof (half_bounds x Hx Hx2) as Hx1.
  pose proof (half_bounds m ltac:(lra) Hm2) as Hm1.
  pose proof (asin_le_PI4 x Hx Hx2) as Hxp.
  pose proof (asin_le_PI4 m ltac:(lra) Hm2) as Hmp.
  pose proof (asin_nonneg x ltac:(lra)) as Hx0.
  pose proof (asin_pos m ltac:(lra)) as Hm0.
  assert (Hd : asin x <> asin m).
  { intros E. apply Hne. rewrite <- (sin_asin x), <- (sin_asin m), E by lra. reflexivity. }
  pose proof (cos_tangent (2 * asin x) (2 * asin m)) as H.
  rewrite sin_2a, !cos_2a_sin, !sin_asin, cos_asin in H by lra.
  assert (Hq : 0 < sqrt (1 - m²)) by (apply sqrt_lt_R0; lra).
  assert (Hden : 0 < 2 * m * sqrt (1 - m²)) by nra.
  assert (H' : (2 * asin x - 2 * asin m) * (2 * m * sqrt (1 - m²))
               < 1 - 2 * m * m - (1 - 2 * x * x)) by (apply H; lra).
  assert (Hdiff : asin x - asin m < (x² - m²) / (2 * m * sqrt (1 - m²))).
  { apply Rlt_div_r; [exact Hden|]. unfold Rsqr in *. lra. }
  lra.
Qed.

Lemma asin_tangent : forall m x,
  0 < m -> m² <= 1 / 2 -> x² <= 1 / 2 -> asin x <= tangent m x.
Proof.
  intros m x Hm Hm2 Hx2.
  assert (Hpos : forall y, 0 <= y -> y² <= 1 / 2 -> asin y <= tangent m y).
  { intros y Hy Hy2. destruct (Req_dec y m) as [->|Hne].
    - unfold tangent. replace ((m² - m²) / _) with 0 by (unfold Rdiv; ring). lra.
    - apply Rlt_le, asin_below_tangent; assumption. }
  destruct (Rle_lt_dec 0 x) as [Hx|Hx]; [apply Hpos; assumption|].
  assert (Hx2' : (- x)² <= 1 / 2) by (rewrite <- Rsqr_neg; exact Hx2).
  pose proof (half_bounds (- x) ltac:(lra) Hx2').
  pose proof (Hpos (- x) ltac:(lra) Hx2') as H1.
  rewrite asin_opp in H1. pose proof (asin_pos (- x) ltac:(lra)) as H2.
  rewrite asin_opp in H2. unfold tangent in *. rewrite <- Rsqr_neg in H1. lra.
Qed.

(** The tangent is touched only at x = m. *)
Lemma asin_tangent_eq : forall m x,
  0 < m -> m² <= 1 / 2 -> x² <= 1 / 2 -> asin x = tangent m x -> x = m.
Proof.
  intros m x Hm Hm2 Hx2 E.
  destruct (Rle_lt_dec 0 x) as [Hx|Hx].
  - destruct (Req_dec x m) as [H|H]; [exact H|].
    pose proof (asin_below_tangent m x Hm Hm2 Hx Hx2 H). lra.
  - exfalso. assert (Hx2' : (- x)² <= 1 / 2) by (rewrite <- Rsqr_neg; exact Hx2).
    pose proof (half_bounds (- x) ltac:(lra) Hx2').
    pose proof (asin_tangent m (- x) Hm Hm2 Hx2') as H1.
    pose proof (asin_pos (- x) ltac:(lra)) as H2.
    rewrite asin_opp in H1, H2. unfold tangent in *. rewrite <- Rsqr_neg in H1. lra.
Qed.

(** ** Multiplicative convexity *)

(** tan(u)/u increases on (0, pi/2). *)
Lemma tan_ratio_increasing : forall u v, 0 < u -> u < v -> v < PI / 2 ->
  sin u / (u * cos u) < sin v / (v * cos v).
Proof.
  intros u v Hu Huv Hv.
  apply (increasing_by_derivative (fun u => sin u / (u * cos u))
    (fun u => (cos u * (u * cos u) - sin u * (1 * cos u + u * - sin u))
              / (u * cos u * (u * cos u))) u v Huv).
  - intros x Hx. assert (Hc : 0 < cos x) by (apply cos_gt_0; lra).
    apply (derive_div sin (fun u => u * cos u)).
    + apply is_derive_sin.
    + apply (derive_mult (fun u => u) cos); [apply (is_derive_id x) | apply is_derive_cos].
    + nra.
  - intros x Hx. assert (Hc : 0 < cos x) by (apply cos_gt_0; lra).
    assert (Hs : 0 < sin x) by (apply sin_gt_0; lra).
    pose proof (sin_lt_x x ltac:(lra)) as Hlt. pose proof (COS_bound x) as [_ Hc1].
    assert (0 < x * cos x) by nra.
    apply Rdiv_lt_0_compat; [|nra].
    replace (cos x * (x * cos x) - sin x * (1 * cos x + x * - sin x))
      with (x * ((sin x)² + (cos x)²) - sin x * cos x) by (unfold Rsqr; ring).
    rewrite sin2_cos2. nra.
Qed.

Definition log_asin (u : R) : R := ln (asin (exp u)).
Definition log_asin' (u : R) : R := exp u / (asin (exp u) * sqrt (1 - (exp u)²)).

Lemma exp_inside : forall u, u < 0 -> 0 < exp u < 1.
Proof.
  intros u Hu. split; [apply exp_pos|]. rewrite <- exp_0. apply exp_increasing, Hu.
Qed.

Lemma is_derive_log_asin : forall u, u < 0 -> is_derive log_asin u (log_asin' u).
Proof.
  intros u Hu. pose proof (exp_inside u Hu) as He. pose proof (asin_pos _ He) as Ha.
  assert (Hq : 0 < sqrt (1 - (exp u)²)) by (apply sqrt_lt_R0; unfold Rsqr; nra).
  assert (Hin : -1 < exp u < 1) by lra.
  apply (derive_value _ _ _ _
    (derive_comp ln (fun u => asin (exp u)) u _ _ (is_derive_ln _ Ha)
      (derive_comp asin exp u _ _ (is_derive_asin _ Hin) (is_derive_exp u)))).
  unfold log_asin'. field. split; lra.
Qed.

Lemma log_asin'_as_tan : forall u, u < 0 ->
  log_asin' u = sin (asin (exp u)) / (asin (exp u) * cos (asin (exp u))).
Proof.
  intros u Hu. pose proof (exp_inside u Hu) as He.
  rewrite sin_asin, cos_asin by lra. reflexivity.
Qed.

Lemma log_asin'_increasing : forall u v, u < 0 -> v < 0 -> u < v ->
  log_asin' u < log_asin' v.
Proof.
  intros u v Hu Hv Huv. rewrite !log_asin'_as_tan by assumption.
  pose proof (exp_inside u Hu) as Heu. pose proof (exp_inside v Hv) as Hev.
  pose proof (exp_increasing u v Huv).
  apply tan_ratio_increasing.
  - apply asin_pos, Heu.
  - apply asin_increasing; lra.
  - apply asin_bound_lt. lra.
Qed.

(** asin(sqrt(xy))^2 < asin x asin y for x <> y in (0, 1). *)
Theorem asin_multiplicatively_convex : forall x y,
  0 < x < 1 -> 0 < y < 1 -> x <> y ->
  (asin (sqrt (x * y)))² < asin x * asin y.
Proof.
  intros x y Hx Hy Hne.
  assert (Hln : forall z, 0 < z < 1 -> ln z < 0)
    by (intros z Hz; rewrite <- ln_1; apply ln_increasing; lra).
  pose proof (concave_by_derivative (fun u => u < 0) (fun u => - log_asin u)
    (fun u => - log_asin' u)) as Hconc.
  assert (H : 1 / 2 * - log_asin (ln x) + (1 - 1 / 2) * - log_asin (ln y)
              < - log_asin (1 / 2 * ln x + (1 - 1 / 2) * ln y)).
  { apply Hconc.
    - intros; lra.
    - intros u Hu. apply (is_derive_opp log_asin). apply is_derive_log_asin, Hu.
    - intros u v Hu Hv Huv. pose proof (log_asin'_increasing u v Hu Hv Huv). lra.
    - apply Hln, Hx.
    - apply Hln, Hy.
    - intros E. apply Hne. apply ln_inv; lra.
    - lra. }
  clear Hconc. unfold log_asin in H. rewrite !exp_ln in H by lra.
  assert (Hxy : 0 < x * y) by nra. assert (Hxy1 : x * y < 1) by nra.
  assert (Em : exp (1 / 2 * ln x + (1 - 1 / 2) * ln y) = sqrt (x * y)).
  { rewrite <- (sqrt_square (exp _)) by (apply Rlt_le, exp_pos).
    rewrite <- exp_plus. f_equal.
    replace (1 / 2 * ln x + (1 - 1 / 2) * ln y + (1 / 2 * ln x + (1 - 1 / 2) * ln y))
      with (ln x + ln y) by field.
    rewrite exp_plus, !exp_ln by lra. reflexivity. }
  rewrite Em in H.
  assert (Hs : 0 < sqrt (x * y) < 1).
  { split; [apply sqrt_lt_R0, Hxy|]. rewrite <- sqrt_1. apply sqrt_lt_1; lra. }
  pose proof (asin_pos x Hx) as Ax. pose proof (asin_pos y Hy) as Ay.
  pose proof (asin_pos _ Hs) as As.
  apply ln_lt_inv.
  - unfold Rsqr. nra.
  - nra.
  - unfold Rsqr. rewrite !ln_mult by assumption. lra.
Qed.
