(** The block of a bucket's sums and its outgoing weight is positive definite, for
    every partition. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel CopyAverage CopyAverageHessian
  Arcsine Stability.
Open Scope R_scope.

(** sin t (1 + 2 cos t) < t (1 + cos t + cos^2 t) on (0, pi/2). *)
Definition bend (t : R) : R :=
  t - sin t * (1 + 2 * cos t) / (1 + cos t + cos t * cos t).
Definition bend' (t : R) : R :=
  (1 - cos t)² * (1 + cos t) * (2 + cos t) / (1 + cos t + cos t * cos t)².

Lemma bend_denominator : forall t, 0 < 1 + cos t + cos t * cos t.
Proof. intros t. pose proof (Rle_0_sqr (1 + 2 * cos t)). unfold Rsqr in *. nra. Qed.

Lemma is_derive_bend : forall t, is_derive bend t (bend' t).
Proof.
  intros t. pose proof (bend_denominator t) as Hv.
  assert (dn : is_derive (fun t => sin t * (1 + 2 * cos t)) t
                 (cos t * (1 + 2 * cos t) + sin t * (0 + 2 * - sin t))).
  { apply (derive_mult sin (fun t => 1 + 2 * cos t)); [apply is_derive_sin|].
    apply derive_plus; [apply derive_const|]. apply (derive_scal cos), is_derive_cos. }
  assert (dd : is_derive (fun t => 1 + cos t + cos t * cos t) t
                 (0 + - sin t + (- sin t * cos t + cos t * - sin t))).
  { apply (derive_plus (fun t => 1 + cos t) (fun t => cos t * cos t)).
    - apply derive_plus; [apply derive_const | apply is_derive_cos].
    - apply (derive_mult cos cos); apply is_derive_cos. }
  assert (Hne : 1 + cos t + cos t * cos t <> 0) by lra.
  pose proof (derive_minus _ _ t _ _ (is_derive_id t) (derive_div _ _ t _ _ dn dd Hne)) as H.
  apply (derive_value _ _ _ _ H). cbv beta. unfold bend'.
  pose proof (sin2_cos2 t) as Hsc. unfold one; simpl. unfold Rsqr in *.
  set (c := cos t) in *. set (S := sin t) in *.
  replace ((c * (1 + 2 * c) + S * (0 + 2 * - S)) * (1 + c + c * c) -
     S * (1 + 2 * c) * (0 + - S + (- S * c + c * - S)))
    with ((c * (1 + 2 * c) - 2 * (S * S)) * (1 + c + c * c)
          + S * S * ((1 + 2 * c) * (1 + 2 * c))) by ring.
  replace (S * S) with (1 - c * c) by lra. field. lra.
Qed.

Lemma bend_positive : forall t, 0 < t -> t < PI / 2 -> 0 < bend t.
Proof.
  intros t Ht Ht2.
  assert (H0 : bend 0 = 0).
  { unfold bend. rewrite sin_0. unfold Rdiv. ring. }
  rewrite <- H0. apply (increasing_by_derivative bend bend' 0 t Ht).
  - intros x _. apply is_derive_bend.
  - intros x Hx. unfold bend'. pose proof (bend_denominator x).
    assert (Hc : 0 < cos x) by (apply cos_gt_0; lra).
    assert (Hc1 : cos x < 1).
    { rewrite <- cos_0. apply cos_decreasing_1; pose proof PI_RGT_0; lra. }
    apply Rdiv_lt_0_compat; [|unfold Rsqr; nra].
    repeat apply Rmult_lt_0_compat; lra.
Qed.

Section AverageBlock.

Variables (n : nat) (l : nat -> R).
Hypothesis Hl : forall i, (i < n)%nat -> 1 <= l i.
Variable p : nat.
Hypothesis Hp : (p < n)%nat.

Let x := l p.
Let r := root x.

Lemma size_ge_1 : 1 <= x.
Proof. exact (Hl p Hp). Qed.

Lemma theta_range : 1 / (2 * x) < theta x /\ theta x < PI / 2.
Proof.
  pose proof size_ge_1.
  assert (H01 : 0 < 1 / (2 * x) < 1).
  { split; [apply Rdiv_lt_0_compat; lra|]. apply Rlt_div_l; lra. }
  unfold theta. split.
  - rewrite <- (sin_asin (1 / (2 * x))) at 1 by lra. apply sin_lt_x, asin_pos, H01.
  - apply asin_bound_lt. lra.
Qed.

Lemma cos_theta : cos (theta x) = r / (2 * x).
Proof.
  pose proof size_ge_1 as Hx. unfold theta.
  assert (H01 : 0 < 1 / (2 * x) < 1).
  { split; [apply Rdiv_lt_0_compat; lra|]. apply Rlt_div_l; lra. }
  rewrite cos_asin by lra. unfold r, root.
  rewrite <- (sqrt_Rsqr (2 * x)) at 2 by lra.
  rewrite <- sqrt_div.
  - f_equal. unfold Rsqr. field. lra.
  - unfold Rsqr; nra.
  - unfold Rsqr; nra.
Qed.

(** The 2 x 2 form in the outgoing weight a and h = z (2x-1)/(sqrt 2 x) times the
    bucket's sum that is left after the other neurons are minimised out. *)
Definition reduced (a h : R) : R :=
  (theta x - 1 / (2 * x)) * (a * a) + 2 * (1 / r - 1 / (2 * x)) * (a * h)
  + (4 * x² / (r * r * r) - 1 / (2 * x)) * (h * h).

Lemma reduced_positive : forall a h,
  0 <= reduced a h /\ (reduced a h = 0 -> a = 0 /\ h = 0).
Proof.
  intros a h. pose proof size_ge_1 as Hx. destruct theta_range as [Ht Ht2].
  pose proof (root_positive x Hx) as Hr. fold r in Hr.
  pose proof (root_below x Hx) as Hb. fold r in Hb.
  pose proof (root_square x Hx) as Hrr. fold r in Hrr.
  assert (Ht0 : 0 < theta x).
  { apply Rlt_trans with (1 / (2 * x)); [|exact Ht]. apply Rdiv_lt_0_compat; lra. }
  pose proof (bend_positive (theta x) Ht0 Ht2) as Hbend. unfold bend in Hbend.
  rewrite cos_theta in Hbend.
  assert (Hsin : sin (theta x) = 1 / (2 * x)).
  { unfold theta. apply sin_asin. split.
    - apply Rle_trans with 0; [lra|]. apply Rlt_le, Rdiv_lt_0_compat; lra.
    - apply Rle_div_l; lra. }
  rewrite Hsin in Hbend.
  set (al := theta x - 1 / (2 * x)). set (be := 1 / r - 1 / (2 * x)).
  set (ga := 4 * x² / (r * r * r) - 1 / (2 * x)).
  assert (Hal : 0 < al) by (unfold al; lra).
  (* the determinant *)
  assert (Hden : 0 < 1 + r / (2 * x) + r / (2 * x) * (r / (2 * x))).
  { assert (0 < r / (2 * x)) by (apply Rdiv_lt_0_compat; lra). nra. }
  assert (Hdet : al * ga - be * be
    = (2 * x - r) * (2 * x) / (r * r * r)
      * ((1 + r / (2 * x) + r / (2 * x) * (r / (2 * x)))
         * (theta x - 1 / (2 * x) * (1 + 2 * (r / (2 * x)))
            / (1 + r / (2 * x) + r / (2 * x) * (r / (2 * x)))))).
  { unfold al, be, ga. unfold Rsqr. field. repeat split; try lra.
    apply Rgt_not_eq. nra. }
  assert (Hdet0 : 0 < al * ga - be * be).
  { rewrite Hdet. apply Rmult_lt_0_compat.
    - apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; lra.
    - apply Rmult_lt_0_compat; assumption. }
  assert (E : al * reduced a h = (al * a + be * h)² + (al * ga - be * be) * (h * h)).
  { unfold reduced. fold al be ga. unfold Rsqr. ring. }
  pose proof (Rle_0_sqr (al * a + be * h)) as H1. pose proof (Rle_0_sqr h) as H2.
  change (0 <= h * h) in H2.
  split.
  - apply Rmult_le_reg_l with al; [exact Hal|]. rewrite E, Rmult_0_r. nra.
  - intros E0. rewrite E0, Rmult_0_r in E.
    assert (Hh : h * h = 0) by nra.
    assert (h = 0) by (apply Rmult_integral in Hh; destruct Hh; assumption).
    subst h. split; [|reflexivity].
    assert (Ea : (al * a)² = 0) by (unfold Rsqr in *; lra).
    apply Rsqr_0_uniq, Rmult_integral in Ea. destruct Ea; lra.
Qed.

Lemma average_block_split : forall a y,
  average_block n l p a y
  = pick n p (fun j => delta (l j) * (y j)²) / x
    + (pick n p (fun j => z (l j) * y j)
       + (a + z x * (2 * x - 1) / (sqrt 2 * x) * y p) / sqrt 2)² / x
    + reduced a (z x * (2 * x - 1) / (sqrt 2 * x) * y p).
Proof.
  intros a y. pose proof size_ge_1 as Hx. pose proof Rlt_sqrt2_0 as H2.
  pose proof (root_positive x Hx) as Hr. fold r in Hr.
  pose proof (root_square x Hx) as Hrr. fold r in Hrr.
  unfold average_block. rewrite (shared_split n l p y Hp).
  change (others n l p y) with (pick n p (fun j => z (l j) * y j)). fold x.
  set (O := pick n p (fun j => z (l j) * y j)).
  set (Q := pick n p (fun j => delta (l j) * (y j)²)).
  unfold reduced, mixed, kappa, gap, delta, e. fold r. rewrite <- Hrr.
  set (c := sqrt 2) in *. assert (Hcc : c * c = 2) by (apply sqrt_sqrt; lra).
  pose proof (z_square x Hx) as Hz. set (zz := z x) in *. set (v := y p).
  (* put sqrt 2 = c and z^2 in the places where they can be rewritten *)
  replace (c * a / x * O) with (2 * a / (c * x) * O)
    by (rewrite <- Hcc; field; lra).
  replace ((O + (a + zz * (2 * x - 1) / (c * x) * v) / c)² / x)
    with (O² / x + 2 * O * a / (c * x)
          + 2 * O * (zz * (2 * x - 1) * v) / (c * c * x²)
          + a * a / (c * c * x) + 2 * a * (zz * (2 * x - 1) * v) / (c * (c * c) * x²)
          + zz * zz * (2 * x - 1)² * v² / (c * c * (c * c) * (x * x²)))
    by (unfold Rsqr; field; lra).
  replace (zz * (2 * x - 1) / (c * x) * v * (zz * (2 * x - 1) / (c * x) * v))
    with (zz * zz * (2 * x - 1)² * v² / (c * c * x²)) by (unfold Rsqr; field; lra).
  replace ((zz * v + O)²) with (zz * zz * v² + 2 * zz * v * O + O²)
    by (unfold Rsqr; ring).
  change (zz)² with (zz * zz). rewrite Hcc, Hz. unfold Rsqr in *.
  replace (r * r * r) with (r * (4 * (x * x) - 1)) by (rewrite <- Hrr; ring).
  rewrite Hrr. assert (0 < 4 * (x * x) - 1) by nra.
  field. repeat split; lra.
Qed.

(** The block is positive definite. *)
Lemma average_block_positive : forall a y,
  0 <= average_block n l p a y /\
  (average_block n l p a y = 0 -> a = 0 /\ forall i, (i < n)%nat -> y i = 0).
Proof.
  intros a y. rewrite average_block_split. pose proof size_ge_1 as Hx.
  pose proof Rlt_sqrt2_0 as H2. pose proof (z_positive x Hx) as Hz.
  set (h := z x * (2 * x - 1) / (sqrt 2 * x) * y p).
  destruct (reduced_positive a h) as [Hr Hr0].
  assert (HQ : 0 <= pick n p (fun j => delta (l j) * (y j)²)).
  { apply pick_nonneg. intros j Hj _. apply (delta_term n l Hl). exact Hj. }
  assert (HQx : 0 <= pick n p (fun j => delta (l j) * (y j)²) / x)
    by (apply Rle_div_r; lra).
  set (T := (pick n p (fun j => z (l j) * y j) + (a + h) / sqrt 2)²).
  assert (HT : 0 <= T / x).
  { apply Rle_div_r; [lra|]. rewrite Rmult_0_l. apply Rle_0_sqr. }
  split; [lra|]. intros E.
  assert (Ered : reduced a h = 0) by lra.
  destruct (Hr0 Ered) as [-> Hh]. split; [reflexivity|].
  assert (EQ : pick n p (fun j => delta (l j) * (y j)²) = 0).
  { assert (EQx : pick n p (fun j => delta (l j) * (y j)²) / x = 0) by lra.
    unfold Rdiv in EQx. apply Rmult_integral in EQx. destruct EQx as [EQx|EQx]; [exact EQx|].
    exfalso. pose proof (Rinv_0_lt_compat x ltac:(lra)). lra. }
  intros i Hi. destruct (Nat.eq_dec i p) as [->|Hne].
  - unfold h in Hh. apply Rmult_integral in Hh. destruct Hh as [Hh|Hh]; [|exact Hh].
    exfalso. assert (0 < z x * (2 * x - 1) / (sqrt 2 * x)); [|lra].
    apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; lra.
  - apply (delta_term_zero n l Hl y i Hi).
    apply (pick_zero_terms n p (fun j => delta (l j) * (y j)²)); auto.
    intros; apply (delta_term n l Hl); assumption.
Qed.

End AverageBlock.
