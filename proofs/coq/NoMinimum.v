(** A negative direction of the Hessian at a copy-average point leads down: the point
    is no local minimum. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel SecondDerivative CopyAverage MinimumOrSaddle.
Open Scope R_scope.

(** All weights that count differ by less than eps. *)
Definition near (n d : nat) (eps : R) (a a' : nat -> R) (w w' : nat -> vector) : Prop :=
  forall i, (i < n)%nat -> Rabs (a' i - a i) < eps /\
    forall q, (q < d)%nat -> Rabs (w' i q - w i q) < eps.

Definition local_minimum (n k d : nat) (a : nat -> R) (w : nat -> vector) : Prop :=
  exists eps, 0 < eps /\ forall a' w', near n d eps a a' w w' ->
    loss n k d a w <= loss n k d a' w'.


Lemma descent : forall (f : R -> R) h,
  (forall t, ex_derive f t) -> is_derive f 0 0 -> is_derive_n f 2 0 h -> h < 0 ->
  exists del, 0 < del /\ forall t, 0 < t < del -> f t < f 0.
Proof.
  intros f h Hex H0 H2 Hh.
  assert (Hg : is_derive (Derive f) 0 h) by exact H2.
  apply is_derive_unique in H0.
  apply is_derive_Reals in Hg. destruct (Hg (- h / 2) ltac:(lra)) as [del Hdel].
  exists (pos del). split; [apply cond_pos|]. intros t Ht.
  destruct (MVT_cor2 f (Derive f) 0 t (proj1 Ht)) as [c [E Hc]].
  { intros c _. apply is_derive_Reals, Derive_correct, Hex. }
  assert (Hcd : Rabs c < del) by (rewrite Rabs_pos_eq; lra).
  specialize (Hdel c ltac:(lra) Hcd). rewrite Rplus_0_l, H0, Rminus_0_r in Hdel.
  apply Rabs_def2 in Hdel.
  assert (Derive f c < 0).
  { replace (Derive f c) with (Derive f c / c * c) by (field; lra). nra. }
  nra.
Qed.

Theorem negative_direction_no_minimum : forall n k d b,
  (k <= d)%nat -> surjection n k b ->
  negative_direction n k d (average_a k b) (average_w k b) ->
  ~ local_minimum n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b Hkd Hb [da [dw Hh]] [eps [Heps Hmin]].
  set (a := average_a k b) in *. set (w := average_w k b) in *.
  pose proof (loss_second_derivative n k d a w da dw 0) as H2.
  rewrite move_a_0, move_w_0 in H2.
  destruct (descent _ _ (fun t => ex_intro _ _ (loss_derivative n k d a w da dw t))
              (copy_average_critical n k d b da dw Hkd Hb) H2 Hh) as [del [Hd Hdown]].
  set (M := 1 + sum n (fun i => Rabs (da i) + sum d (fun q => Rabs (dw i q)))).
  assert (Hrow : forall i, (i < n)%nat ->
    0 <= sum d (fun q => Rabs (dw i q)) /\
    Rabs (da i) + sum d (fun q => Rabs (dw i q)) <= M - 1).
  { assert (Hn : forall i, 0 <= sum d (fun q => Rabs (dw i q)))
      by (intros i; apply sum_nonneg; intros; apply Rabs_pos).
    intros i Hi. split; [apply Hn|]. unfold M.
    pose proof (sum_term_le n (fun i => Rabs (da i) + sum d (fun q => Rabs (dw i q))) i) as Ht.
    cbv beta in Ht.
    assert (Rabs (da i) + sum d (fun q => Rabs (dw i q))
            <= sum n (fun i => Rabs (da i) + sum d (fun q => Rabs (dw i q)))); [|lra].
    apply Ht; [|exact Hi]. intros j _. pose proof (Hn j). pose proof (Rabs_pos (da j)). lra. }
  assert (HM : 1 <= M).
  { unfold M. assert (0 <= sum n (fun i => Rabs (da i) + sum d (fun q => Rabs (dw i q)))); [|lra].
    apply sum_nonneg. intros i Hi. pose proof (Rabs_pos (da i)). pose proof (Hrow i Hi). lra. }
  set (t := Rmin (del / 2) (eps / (2 * M))).
  assert (He : 0 < eps / (2 * M)) by (apply Rdiv_lt_0_compat; lra).
  assert (Ht : 0 < t < del).
  { unfold t. split; [apply Rmin_glb_lt; lra|].
    apply Rle_lt_trans with (1 := Rmin_l _ _). lra. }
  assert (HtM : t * M < eps).
  { apply Rle_lt_trans with (eps / (2 * M) * M).
    - apply Rmult_le_compat_r; [lra | apply Rmin_r].
    - replace (eps / (2 * M) * M) with (eps / 2) by (field; lra). lra. }
  assert (Hsmall : forall v, Rabs v <= M - 1 -> Rabs (t * v) < eps).
  { intros v Hv. rewrite Rabs_mult, (Rabs_pos_eq t) by lra. nra. }
  specialize (Hdown t Ht). rewrite move_a_0, move_w_0 in Hdown.
  apply (Rlt_not_le _ _ Hdown). apply Hmin. intros i Hi.
  destruct (Hrow i Hi) as [Hr1 Hr2]. pose proof (Rabs_pos (da i)).
  split.
  - unfold move_a. replace (a i + t * da i - a i) with (t * da i) by ring.
    apply Hsmall. lra.
  - intros q Hq. unfold move_w, line.
    replace (w i q + t * dw i q - w i q) with (t * dw i q) by ring.
    apply Hsmall.
    pose proof (sum_term_le d (fun q => Rabs (dw i q)) q (fun j _ => Rabs_pos _) Hq) as Hs.
    cbv beta in Hs. lra.
Qed.

(** With two averages, or with too many copies, the point is a saddle's: critical
    and no local minimum. *)
Theorem two_averages_no_minimum : forall n k d b p p',
  (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (p' < n)%nat -> p <> p' ->
  (2 <= bucket_size k b p)%nat -> (2 <= bucket_size k b p')%nat ->
  ~ local_minimum n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b p p' Hkd Hb Hp Hp' Hne H2 H2'.
  apply negative_direction_no_minimum; try assumption.
  apply (two_averages_negative_direction n k d b p p'); assumption.
Qed.
