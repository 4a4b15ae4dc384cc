(** The Hessian depends continuously on the point and on the direction. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel SecondDerivative.
Open Scope R_scope.

Section Limits.

Variables (T : Type) (F : (T -> Prop) -> Prop).
Context {FF : Filter F}.

Definition tends (f : T -> R) (l : R) : Prop := filterlim f F (locally l).

Lemma tends_const : forall c, tends (fun _ => c) c.
Proof. intros. apply filterlim_const. Qed.

Lemma tends_plus : forall f g l m, tends f l -> tends g m ->
  tends (fun t => f t + g t) (l + m).
Proof.
  intros f g l m Hf Hg. eapply filterlim_comp_2; [exact Hf | exact Hg |].
  apply (filterlim_plus l m).
Qed.

Lemma tends_mult : forall f g l m, tends f l -> tends g m ->
  tends (fun t => f t * g t) (l * m).
Proof.
  intros f g l m Hf Hg. eapply filterlim_comp_2; [exact Hf | exact Hg |].
  apply (filterlim_mult l m).
Qed.

Lemma tends_comp : forall (h : R -> R) f l, continuous h l -> tends f l ->
  tends (fun t => h (f t)) (h l).
Proof. intros h f l Hh Hf. eapply filterlim_comp; [exact Hf | exact Hh]. Qed.

Lemma tends_minus : forall f g l m, tends f l -> tends g m ->
  tends (fun t => f t - g t) (l - m).
Proof.
  intros f g l m Hf Hg. apply tends_plus; [exact Hf|].
  apply (tends_comp Ropp); [|exact Hg]. apply (ex_derive_continuous Ropp). auto_derive. exact I.
Qed.

Lemma tends_inv : forall f l, l <> 0 -> tends f l -> tends (fun t => / f t) (/ l).
Proof.
  intros f l Hl Hf. apply (tends_comp Rinv); [|exact Hf].
  apply continuous_Rinv, Hl.
Qed.

Lemma tends_div : forall f g l m, m <> 0 -> tends f l -> tends g m ->
  tends (fun t => f t / g t) (l / m).
Proof. intros. apply tends_mult; [|apply tends_inv]; assumption. Qed.

Lemma tends_sqr : forall f l, tends f l -> tends (fun t => (f t)²) (l²).
Proof. intros. apply tends_mult; assumption. Qed.

Lemma tends_sqrt : forall f l, tends f l -> tends (fun t => sqrt (f t)) (sqrt l).
Proof. intros f l Hf. apply (tends_comp sqrt); [apply continuous_sqrt | exact Hf]. Qed.

Lemma tends_asin : forall f l, -1 < l < 1 -> tends f l ->
  tends (fun t => asin (f t)) (asin l).
Proof.
  intros f l Hl Hf. apply (tends_comp asin); [|exact Hf].
  apply (ex_derive_continuous asin). exists (/ sqrt (1 - l²)). apply is_derive_asin, Hl.
Qed.

Lemma tends_sum : forall n (f : nat -> T -> R) (l : nat -> R),
  (forall i, (i < n)%nat -> tends (f i) (l i)) ->
  tends (fun t => sum n (fun i => f i t)) (sum n l).
Proof.
  induction n as [|n IH]; intros f l H; simpl.
  - apply tends_const.
  - apply tends_plus; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

(** Vectors tend coordinate by coordinate. *)
Definition vtends (d : nat) (w : T -> vector) (w0 : vector) : Prop :=
  forall q, (q < d)%nat -> tends (fun t => w t q) (w0 q).

Lemma vtends_const : forall d w, vtends d (fun _ => w) w.
Proof. intros d w q _. apply tends_const. Qed.

Section Kernels.

Variables (d : nat) (w v o r : T -> vector) (w0 v0 o0 r0 : vector).
Hypothesis Hw : vtends d w w0.
Hypothesis Hv : vtends d v v0.
Hypothesis Ho : vtends d o o0.
Hypothesis Hr : vtends d r r0.

Lemma tends_dot : forall (f g : T -> vector) f0 g0,
  vtends d f f0 -> vtends d g g0 -> tends (fun t => dot d (f t) (g t)) (dot d f0 g0).
Proof.
  intros f g f0 g0 Hf Hg. unfold dot.
  apply (tends_sum d (fun q t => f t q * g t q) (fun q => f0 q * g0 q)).
  intros q Hq. apply tends_mult; [apply Hf | apply Hg]; exact Hq.
Qed.

Lemma tends_s : forall (f : T -> vector) f0, vtends d f f0 ->
  tends (fun t => s d (f t)) (s d f0).
Proof.
  intros f f0 Hf. unfold s. apply tends_plus; [apply tends_const | apply tends_dot; exact Hf].
Qed.

Lemma s_nonzero : forall f, s d f <> 0.
Proof. intros f. pose proof (s_ge_1 d f). lra. Qed.

Lemma tends_kernel : tends (fun t => kernel d (w t) (v t)) (kernel d w0 v0).
Proof.
  unfold kernel, K. pose proof (s_ge_1 d w0). pose proof (s_ge_1 d v0).
  apply tends_mult; [apply tends_const|]. apply tends_asin.
  - apply ratio_inside; try lra. apply dot_lt_s.
  - apply tends_div.
    + apply Rgt_not_eq, sqrt_lt_R0. nra.
    + apply tends_dot; assumption.
    + apply tends_sqrt, tends_mult; apply tends_s; assumption.
Qed.

Lemma tends_root :
  tends (fun t => sqrt (s d (w t) * s d (v t) - (dot d (w t) (v t))²))
        (sqrt (s d w0 * s d v0 - (dot d w0 v0)²)).
Proof.
  apply tends_sqrt, tends_minus.
  - apply tends_mult; apply tends_s; assumption.
  - apply tends_sqr, tends_dot; assumption.
Qed.

Lemma root_nonzero : sqrt (s d w0 * s d v0 - (dot d w0 v0)²) <> 0.
Proof. apply Rgt_not_eq, sqrt_lt_R0. pose proof (dot_lt_s d w0 v0). lra. Qed.

Lemma tends_k1 : tends (fun t => k1 d (w t) (v t) (o t)) (k1 d w0 v0 o0).
Proof.
  unfold k1. apply tends_div; [apply root_nonzero | | apply tends_root].
  apply tends_minus; [apply tends_dot; assumption|].
  apply tends_mult; [apply tends_dot; assumption|].
  apply tends_div; [apply s_nonzero | apply tends_dot | apply tends_s]; assumption.
Qed.

Lemma tends_k2 : tends (fun t => k2 d (w t) (v t) (o t) (r t)) (k2 d w0 v0 o0 r0).
Proof.
  pose proof root_nonzero as HD. pose proof tends_root as HR.
  assert (Hwo := tends_dot _ _ _ _ Hw Ho). assert (Hov := tends_dot _ _ _ _ Ho Hv).
  assert (Hwv := tends_dot _ _ _ _ Hw Hv). assert (Hwr := tends_dot _ _ _ _ Hw Hr).
  assert (Hor := tends_dot _ _ _ _ Ho Hr). assert (Hoo := tends_dot _ _ _ _ Ho Ho).
  assert (Hvr := tends_dot _ _ _ _ Hv Hr).
  assert (Hsw := tends_s _ _ Hw). assert (Hsv := tends_s _ _ Hv).
  unfold k2. apply tends_minus; apply tends_div.
  - exact HD.
  - apply tends_minus; [apply tends_minus|].
    + exact Hor.
    + apply tends_mult; [apply tends_plus; assumption|].
      apply tends_div; [apply s_nonzero | assumption | assumption].
    + apply tends_mult; [exact Hwv|]. apply tends_minus.
      * apply tends_div; [apply s_nonzero | assumption | assumption].
      * apply tends_div; [| apply tends_mult; [apply tends_const | apply tends_sqr, Hwo]
                          | apply tends_sqr, Hsw].
        pose proof (s_ge_1 d w0). unfold Rsqr. nra.
  - exact HR.
  - repeat apply Rmult_integral_contrapositive_currified; exact HD.
  - apply tends_mult.
    + apply tends_minus; [exact Hov|]. apply tends_mult; [exact Hwv|].
      apply tends_div; [apply s_nonzero | assumption | assumption].
    + apply tends_minus.
      * apply tends_plus; apply tends_mult; assumption.
      * apply tends_mult; [exact Hwv | apply tends_plus; assumption].
  - repeat apply tends_mult; exact HR.
Qed.

End Kernels.

Lemma tends_hessian : forall n k d (a da : T -> nat -> R) (w dw : T -> nat -> vector)
    (a0 da0 : nat -> R) (w0 dw0 : nat -> vector),
  (forall i, (i < n)%nat -> tends (fun t => a t i) (a0 i)) ->
  (forall i, (i < n)%nat -> tends (fun t => da t i) (da0 i)) ->
  (forall i, (i < n)%nat -> vtends d (fun t => w t i) (w0 i)) ->
  (forall i, (i < n)%nat -> vtends d (fun t => dw t i) (dw0 i)) ->
  tends (fun t => hessian n k d (a t) (w t) (da t) (dw t)) (hessian n k d a0 w0 da0 dw0).
Proof.
  intros n k d a da w dw a0 da0 w0 dw0 Ha Hda Hw Hdw. unfold hessian.
  apply tends_plus; [apply tends_plus; [apply tends_plus|]|]; apply tends_mult;
    try apply tends_const.
  - apply (tends_sum n (fun i t => da t i * sum n (fun j => da t j * kernel d (w t i) (w t j)))
             (fun i => da0 i * sum n (fun j => da0 j * kernel d (w0 i) (w0 j)))).
    intros i Hi. apply tends_mult; [apply Hda, Hi|].
    apply (tends_sum n (fun j t => da t j * kernel d (w t i) (w t j))
             (fun j => da0 j * kernel d (w0 i) (w0 j))).
    intros j Hj. apply tends_mult; [apply Hda, Hj|]. apply tends_kernel; apply Hw; assumption.
  - apply (tends_sum n (fun i t => da t i * force n k d (a t) (w t) i (dw t i))
             (fun i => da0 i * force n k d a0 w0 i (dw0 i))).
    intros i Hi. apply tends_mult; [apply Hda, Hi|]. unfold force.
    apply tends_mult; [apply tends_const|]. apply tends_minus.
    + apply (tends_sum n (fun j t => a t j * k1 d (w t i) (w t j) (dw t i))
               (fun j => a0 j * k1 d (w0 i) (w0 j) (dw0 i))).
      intros j Hj. apply tends_mult; [apply Ha, Hj|].
      apply tends_k1; auto.
    + apply (tends_sum k (fun p t => k1 d (w t i) (teacher p) (dw t i))
               (fun p => k1 d (w0 i) (teacher p) (dw0 i))).
      intros p _. apply (tends_k1 d _ (fun _ => teacher p)); auto using vtends_const.
  - apply (tends_sum n (fun i t => da t i * sum n (fun j => a t j * k1 d (w t j) (w t i) (dw t j)))
             (fun i => da0 i * sum n (fun j => a0 j * k1 d (w0 j) (w0 i) (dw0 j)))).
    intros i Hi. apply tends_mult; [apply Hda, Hi|].
    apply (tends_sum n (fun j t => a t j * k1 d (w t j) (w t i) (dw t j))
             (fun j => a0 j * k1 d (w0 j) (w0 i) (dw0 j))).
    intros j Hj. apply tends_mult; [apply Ha, Hj|]. apply tends_k1; auto.
  - apply (tends_sum n (fun i t => a t i *
        (sum n (fun j => a t j * k2 d (w t i) (w t j) (dw t i) (dw t j))
         - sum k (fun p => k2 d (w t i) (teacher p) (dw t i) (fun _ => 0))))
      (fun i => a0 i *
        (sum n (fun j => a0 j * k2 d (w0 i) (w0 j) (dw0 i) (dw0 j))
         - sum k (fun p => k2 d (w0 i) (teacher p) (dw0 i) (fun _ => 0))))).
    intros i Hi. apply tends_mult; [apply Ha, Hi|]. apply tends_minus.
    + apply (tends_sum n (fun j t => a t j * k2 d (w t i) (w t j) (dw t i) (dw t j))
               (fun j => a0 j * k2 d (w0 i) (w0 j) (dw0 i) (dw0 j))).
      intros j Hj. apply tends_mult; [apply Ha, Hj|]. apply tends_k2; auto.
    + apply (tends_sum k (fun p t => k2 d (w t i) (teacher p) (dw t i) (fun _ => 0))
               (fun p => k2 d (w0 i) (teacher p) (dw0 i) (fun _ => 0))).
      intros p _. apply (tends_k2 d _ (fun _ => teacher p) _ (fun _ _ => 0));
        auto using vtends_const.
Qed.

(** What holds in the limit with > 0 holds nearby. *)
Lemma tends_positive : forall f l, tends f l -> 0 < l -> F (fun t => 0 < f t).
Proof.
  intros f l Hf Hl. apply (Hf (fun x => 0 < x)).
  exists (mkposreal l Hl). intros x Hx. unfold ball in Hx; simpl in Hx.
  unfold AbsRing_ball, abs, minus, plus, opp in Hx; simpl in Hx.
  apply Rabs_def2 in Hx. lra.
Qed.

End Limits.
