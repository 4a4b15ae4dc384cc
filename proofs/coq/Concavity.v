(** L is strictly concave on l > 1/2, and L(1) = 0. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel.
Open Scope R_scope.

(** A copy has no loss. *)
Theorem loss_of_a_copy : L 1 = 0.
Proof.
  unfold L. replace (1 / (2 * 1)) with (1 / 2) by field.
  rewrite asin_half. unfold Rsqr. pose proof PI_RGT_0. field. lra.
Qed.

Lemma atan_above : forall y, 0 < y -> y - y ^ 3 / 3 < atan y.
Proof.
  intros y Hy.
  pose proof (increasing_by_derivative (fun y => atan y - y + y ^ 3 / 3)
                (fun y => y ^ 4 / (1 + y²)) 0 y Hy) as H.
  cbv beta in H. rewrite atan_0 in H.
  assert (H' : 0 - 0 + 0 ^ 3 / 3 < atan y - y + y ^ 3 / 3).
  { apply H.
    - intros x _. unfold Rsqr. auto_derive; [exact I|].
      field. nra.
    - intros x Hx. apply Rdiv_lt_0_compat; [apply pow_lt; lra | unfold Rsqr; nra]. }
  lra.
Qed.

(** asin(1/(2l)) = atan(1/sqrt(4l^2 - 1)). *)
Lemma asin_as_atan : forall l, 1 / 2 < l ->
  asin (1 / (2 * l)) = atan (1 / sqrt (4 * l² - 1)).
Proof.
  intros l Hl.
  assert (HQ : 0 < 4 * l² - 1) by (unfold Rsqr; nra).
  pose proof (sqrt_lt_R0 _ HQ) as Hq.
  assert (H01 : 0 < 1 / (2 * l) < 1).
  { split; [apply Rdiv_lt_0_compat; lra|].
    apply Rmult_lt_reg_r with (2 * l); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  rewrite asin_atan by lra. f_equal.
  replace (1 - (1 / (2 * l))²) with ((4 * l² - 1) / (2 * l)²)
    by (unfold Rsqr; field; lra).
  rewrite sqrt_div, sqrt_Rsqr by (unfold Rsqr in *; nra).
  field. lra.
Qed.

(** l^2 asin(1/(2l)), its derivative and its second derivative. *)
Definition matched (l : R) : R := l² * atan (1 / sqrt (4 * l² - 1)).
Definition matched' (l : R) : R :=
  2 * l * atan (1 / sqrt (4 * l² - 1)) - l / sqrt (4 * l² - 1).
Definition matched'' (l : R) : R :=
  let y := 1 / sqrt (4 * l² - 1) in 2 * atan y - 2 * y + y ^ 3.

Lemma is_derive_root : forall l, 1 / 2 < l ->
  is_derive (fun l => sqrt (4 * l² - 1)) l (8 * l / (2 * sqrt (4 * l² - 1))).
Proof.
  intros l Hl. apply (derive_sqrt (fun l => 4 * l² - 1)).
  - unfold Rsqr. auto_derive; [exact I | ring].
  - unfold Rsqr; nra.
Qed.

Lemma is_derive_atan_part : forall l, 1 / 2 < l ->
  is_derive (fun l => atan (1 / sqrt (4 * l² - 1))) l (- / (l * sqrt (4 * l² - 1))).
Proof.
  intros l Hl.
  assert (HQ : 0 < 4 * l² - 1) by (unfold Rsqr; nra).
  pose proof (sqrt_lt_R0 _ HQ) as Hq.
  assert (Eq : sqrt (4 * l² - 1) * sqrt (4 * l² - 1) = 4 * l² - 1)
    by (apply sqrt_sqrt; lra).
  assert (Hne : sqrt (4 * l² - 1) <> 0) by lra.
  pose proof (derive_comp atan (fun l => 1 / sqrt (4 * l² - 1)) l _ _
    (is_derive_atan _)
    (derive_div (fun _ => 1) _ l _ _ (derive_const 1 l) (is_derive_root l Hl) Hne)) as H.
  apply (derive_value _ _ _ _ H). cbv beta.
  set (q := sqrt (4 * l² - 1)) in *.
  assert (E4 : 1 + (1 / q)² = 4 * l² / (q * q)).
  { replace (4 * l²) with (q * q + 1) by lra. unfold Rsqr. field. lra. }
  rewrite E4.
  unfold Rsqr. field. split; lra.
Qed.

Lemma is_derive_matched : forall l, 1 / 2 < l -> is_derive matched l (matched' l).
Proof.
  intros l Hl.
  assert (HQ : 0 < 4 * l² - 1) by (unfold Rsqr; nra).
  pose proof (sqrt_lt_R0 _ HQ) as Hq.
  unfold matched, matched'.
  replace (2 * l * atan (1 / sqrt (4 * l² - 1)) - l / sqrt (4 * l² - 1))
    with (2 * l * atan (1 / sqrt (4 * l² - 1)) + l² * - / (l * sqrt (4 * l² - 1)))
    by (unfold Rsqr in *; field; split; lra).
  apply (is_derive_mult (fun l => l²) (fun l => atan (1 / sqrt (4 * l² - 1)))).
  - unfold Rsqr. auto_derive; [exact I | ring].
  - apply is_derive_atan_part, Hl.
  - intros; apply Rmult_comm.
Qed.

Lemma is_derive_matched' : forall l, 1 / 2 < l -> is_derive matched' l (matched'' l).
Proof.
  intros l Hl.
  assert (HQ : 0 < 4 * l² - 1) by (unfold Rsqr; nra).
  pose proof (sqrt_lt_R0 _ HQ) as Hq.
  assert (Eq : sqrt (4 * l² - 1) * sqrt (4 * l² - 1) = 4 * l² - 1)
    by (apply sqrt_sqrt; lra).
  assert (Hr : is_derive (fun l => l / sqrt (4 * l² - 1)) l
                 (- / (sqrt (4 * l² - 1)) ^ 3)).
  { assert (Hne : sqrt (4 * l² - 1) <> 0) by lra.
    apply (derive_value _ _ _ _
      (derive_div (fun l => l) _ l 1 _ (is_derive_id l) (is_derive_root l Hl) Hne)).
    cbv beta. set (q := sqrt (4 * l² - 1)) in *.
    replace (1 * q - l * (8 * l / (2 * q))) with ((q * q - 4 * l²) / q)
      by (unfold Rsqr; field; lra).
    rewrite Eq at 1. field. lra. }
  unfold matched', matched''.
  replace (2 * atan (1 / sqrt (4 * l² - 1)) - 2 * (1 / sqrt (4 * l² - 1))
           + (1 / sqrt (4 * l² - 1)) ^ 3)
    with ((2 * atan (1 / sqrt (4 * l² - 1)) + 2 * l * - / (l * sqrt (4 * l² - 1)))
          - - / (sqrt (4 * l² - 1)) ^ 3)
    by (field; split; lra).
  apply (is_derive_minus (fun l => 2 * l * atan (1 / sqrt (4 * l² - 1)))
                         (fun l => l / sqrt (4 * l² - 1))); [|exact Hr].
  apply (is_derive_mult (fun l => 2 * l) (fun l => atan (1 / sqrt (4 * l² - 1)))).
  - auto_derive; [exact I | ring].
  - apply is_derive_atan_part, Hl.
  - intros; apply Rmult_comm.
Qed.

Lemma matched''_positive : forall l, 1 / 2 < l -> 0 < matched'' l.
Proof.
  intros l Hl. unfold matched''.
  assert (HQ : 0 < 4 * l² - 1) by (unfold Rsqr; nra).
  assert (Hy : 0 < 1 / sqrt (4 * l² - 1))
    by (apply Rdiv_lt_0_compat; [lra | apply sqrt_lt_R0, HQ]).
  set (y := 1 / sqrt (4 * l² - 1)) in *. cbv zeta.
  pose proof (atan_above y Hy). pose proof (pow_lt y 3 Hy). lra.
Qed.

Lemma L_as_matched : forall l, 1 / 2 < l -> L l = l / 3 - 2 / PI * matched l.
Proof.
  intros l Hl. unfold L, matched. rewrite asin_as_atan by exact Hl. ring.
Qed.

(** The derivatives of L: L'' = -(2/pi) (2 atan y - 2y + y^3) with
    y = 1/sqrt(4l^2 - 1). *)
Definition L' (l : R) : R := 1 / 3 - 2 / PI * matched' l.

Lemma is_derive_L : forall l, 1 / 2 < l -> is_derive L l (L' l).
Proof.
  intros l Hl.
  apply (is_derive_ext_loc (fun l => l / 3 - 2 / PI * matched l)).
  - assert (He : 0 < l - 1 / 2) by lra.
    exists (mkposreal _ He). intros x Hx. symmetry. apply L_as_matched.
    unfold ball in Hx; simpl in Hx; unfold AbsRing_ball, abs, minus, plus, opp in Hx.
    simpl in Hx. apply Rabs_def2 in Hx. lra.
  - unfold L'. apply (is_derive_minus (fun l => l / 3) (fun l => 2 / PI * matched l)).
    + auto_derive; [exact I | field].
    + apply (is_derive_scal matched). apply is_derive_matched, Hl.
Qed.

Lemma L'_decreasing : forall x y, 1 / 2 < x -> 1 / 2 < y -> x < y -> L' y < L' x.
Proof.
  intros x y Hx Hy Hxy. unfold L'.
  assert (H : matched' x < matched' y).
  { apply (increasing_by_derivative matched' matched'' x y Hxy).
    - intros z Hz. apply is_derive_matched'. lra.
    - intros z Hz. apply matched''_positive. lra. }
  assert (0 < 2 / PI) by (apply Rdiv_lt_0_compat; [lra | apply PI_RGT_0]).
  nra.
Qed.

(** Strict concavity of L on l > 1/2. *)
Theorem loss_strictly_concave : forall x y t,
  1 / 2 < x -> 1 / 2 < y -> x <> y -> 0 < t < 1 ->
  t * L x + (1 - t) * L y < L (t * x + (1 - t) * y).
Proof.
  apply (concave_by_derivative (fun x => 1 / 2 < x) L L').
  - intros; lra.
  - exact is_derive_L.
  - exact L'_decreasing.
Qed.

(** Second differences at integers are negative. *)
Theorem second_differences_negative : forall l : nat, (2 <= l)%nat ->
  L (INR (l + 1)) - 2 * L (INR l) + L (INR (l - 1)) < 0.
Proof.
  intros l Hl. rewrite plus_INR, minus_INR by lia. simpl (INR 1).
  assert (H2 : 2 <= INR l) by (apply (le_INR 2); exact Hl).
  pose proof (loss_strictly_concave (INR l - 1) (INR l + 1) (1 / 2)) as H.
  replace (1 / 2 * (INR l - 1) + (1 - 1 / 2) * (INR l + 1)) with (INR l) in H by field.
  lra.
Qed.
