(** Perturbed n-copy configurations, certified by computation: existence and uniqueness in
    a box, criticality in all weights, the loss, and its order against the best
    copy-average configuration. *)

From Coq Require Import Reals ZArith List Bool Lia Lra.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Kernel Krawczyk PerturbedCopy Enclosure KrawczykTest.
Import ListNotations.
Local Open Scope R_scope.

(** ** The equations as code

    Registers 0 and 1 are n and k, 2 to 5 alpha, beta, gamma, a. *)
Definition equations : list instruction :=
  [ (* 6 *) Integer 1; (* 7 *) Integer 2; (* 8: n−1 *) Subtract 0 6;
    (* 9: n−2 *) Subtract 0 7; (* 10: k−n *) Subtract 1 0;
    (* 11–13: squares *) Multiply 2 2; Multiply 3 3; Multiply 4 4;
    (* 14 *) Multiply 8 12; (* 15 *) Multiply 10 13;
    (* 16–18: s *) Add 6 11; Add 16 14; Add 17 15;
    (* 19–23: u *) Multiply 7 2; Multiply 19 3; Multiply 9 12; Add 20 21; Add 22 15;
    (* 24–27: D *) Multiply 18 18; Multiply 23 23; Subtract 24 25; SquareRoot 26;
    (* 28 *) Multiply 7 18;
    (* 29–34: D_alpha, D_beta, D_gamma *)
    Subtract 28 11; SquareRoot 29; Subtract 28 12; SquareRoot 31; Subtract 28 13; SquareRoot 33;
    (* 35–39: a²h *) Subtract 28 6; SquareRoot 35; Multiply 18 36; Multiply 5 5; Divide 38 37;
    (* 40–43 *) Multiply 8 38; Multiply 40 23; Multiply 18 27; Divide 41 42;
    (* 44–52 *) Divide 2 30; Divide 3 32; Multiply 8 45; Divide 4 34; Multiply 10 47;
    Add 44 46; Add 49 48; Divide 5 18; Multiply 51 50;
    (* 53, 54: κ *) Subtract 39 43; Add 53 52;
    (* 55–60: the equation of alpha *)
    Multiply 54 2; Multiply 40 3; Divide 56 27; Add 55 57; Divide 5 30; Subtract 58 59;
    (* 61–68: of beta *)
    Multiply 54 3; Multiply 9 3; Add 2 62; Multiply 38 63; Divide 64 27; Add 61 65;
    Divide 5 32; Subtract 66 67;
    (* 69–74: of gamma *)
    Multiply 54 4; Multiply 40 4; Divide 70 27; Add 69 71; Divide 5 34; Subtract 72 73;
    (* 75–95: of a *)
    Divide 6 18; Subtract 6 75; Arcsine 76; Multiply 5 77; Divide 23 18; Arcsine 79;
    Multiply 8 5; Multiply 81 80; Add 78 82; SquareRoot 28;
    Divide 2 84; Arcsine 85; Divide 3 84; Arcsine 87; Multiply 8 88;
    Divide 4 84; Arcsine 90; Multiply 10 91; Subtract 83 86; Subtract 93 89; Subtract 94 92 ].

Definition equation_registers : list nat := [60; 68; 74; 95]%nat.

(** The loss (register 110), and the loss minus that of the best copy-average
    configuration, L(k−n+1) (register 121). *)
Definition loss_code : list instruction :=
  [ (* 96–103 *) Multiply 38 77; Multiply 40 80; Add 96 97; Multiply 7 5;
    Add 86 89; Add 100 92; Multiply 99 101; Subtract 98 102;
    (* 104–110 *) Multiply 7 0; Pi; Divide 104 105; Multiply 106 103; Integer 3; Divide 1 108;
    Add 107 109;
    (* 111–121: l = k−n+1 *) Add 10 6; Divide 111 108; Divide 7 105; Multiply 111 111;
    Multiply 113 114; Multiply 7 111; Divide 6 116; Arcsine 117; Multiply 115 118;
    Subtract 112 119; Subtract 110 120 ].

(** ** What is claimed *)

Definition within (r : rational * rational) (x : R) : Prop :=
  value (fst r) <= x <= value (snd r).

Inductive order : Set := Lower | Higher | Unstated.

(** In the box there is exactly one critical point of the reduced loss. It has
    alpha, gamma, a > 0 > beta; for every dimension d ≥ k the derivative of the loss of
    n neurons for k teachers vanishes there in every direction (da, dw); and the loss is
    as stated. *)
Definition perturbed_copy_claim (n k : Z) (alphas betas gammas activities : rational * rational)
    (losses : rational * rational) (against_copy_average : order) : Prop :=
  exists alpha beta gamma a : R,
    (within alphas alpha /\ within betas beta /\ within gammas gamma /\ within activities a) /\
    (0 < alpha /\ beta < 0 /\ 0 < gamma /\ 0 < a) /\
    reduced_critical (IZR n) (IZR k) alpha beta gamma a /\
    (forall alpha' beta' gamma' a',
       within alphas alpha' -> within betas beta' -> within gammas gamma' ->
       within activities a' -> reduced_critical (IZR n) (IZR k) alpha' beta' gamma' a' ->
       alpha' = alpha /\ beta' = beta /\ gamma' = gamma /\ a' = a) /\
    forall d, (Z.to_nat k <= d)%nat ->
      let w := perturbed (Z.to_nat n) (Z.to_nat k) alpha beta gamma in
      let the_loss := loss (Z.to_nat n) (Z.to_nat k) d (fun _ => a) w in
      (forall da dw, is_derive
         (fun t => loss (Z.to_nat n) (Z.to_nat k) d (move_a (fun _ => a) da t) (move_w w dw t))
         0 0) /\
      within losses the_loss /\
      match against_copy_average with
      | Lower => the_loss < L (IZR k - IZR n + 1)
      | Higher => L (IZR k - IZR n + 1) < the_loss
      | Unstated => True
      end.

(** ** The test: bits for values and for derivatives, the claim, the preconditioner *)

Definition unknowns (alphas betas gammas activities : rational * rational) :=
  [alphas; betas; gammas; activities].

Definition loss_test p (losses : rational * rational) (o : order) (registers : list I.type) :=
  above_zero (I.sub p (register I.nai registers 110) (enclosure p (fst losses)))
  && above_zero (I.sub p (enclosure p (snd losses)) (register I.nai registers 110))
  && match o with
     | Lower => below_zero (register I.nai registers 121)
     | Higher => above_zero (register I.nai registers 121)
     | Unstated => true
     end.

Definition signs_test p (n k : Z) (alphas betas gammas activities : rational * rational) : bool :=
  (2 <=? n)%Z && (n <? k)%Z
  && above_zero (enclosure p (fst alphas)) && below_zero (enclosure p (snd betas))
  && above_zero (enclosure p (fst gammas)) && above_zero (enclosure p (fst activities)).

Definition perturbed_copy_test (p q : Z) (n k : Z)
    (alphas betas gammas activities losses : rational * rational)
    (against_copy_average : order) (matrix : list (list rational)) : bool :=
  signs_test p n k alphas betas gammas activities
  && krawczyk_succeeds p q equations [n; k] equation_registers
       (unknowns alphas betas gammas activities) matrix
  && loss_test p losses against_copy_average
       (run_interval p (equations ++ loss_code)
         (interval_inputs [n; k] (unknowns alphas betas gammas activities) p
           (side (unknowns alphas betas gammas activities) p))).

Lemma loss_test_correct p losses o registers l m :
  loss_test p losses o registers = true ->
  encloses (register I.nai registers 110) l -> encloses (register I.nai registers 121) (l - m) ->
  within losses l /\
  match o with Lower => l < m | Higher => m < l | Unstated => True end.
Proof.
  unfold loss_test. intros H E1 E2.
  apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
  apply (fun H => above_zero_correct _ _ H
    (encloses_sub p _ _ _ _ E1 (encloses_rational p (fst losses)))) in H1.
  apply (fun H => above_zero_correct _ _ H
    (encloses_sub p _ _ _ _ (encloses_rational p (snd losses)) E1)) in H2.
  split; [unfold within; lra |]. destruct o; [| | exact Logic.I].
  - apply (fun H => below_zero_correct _ _ H E2) in H3. lra.
  - apply (fun H => above_zero_correct _ _ H E2) in H3. lra.
Qed.

Lemma signs_test_correct p n k alphas betas gammas activities alpha beta gamma a :
  signs_test p n k alphas betas gammas activities = true ->
  within alphas alpha -> within betas beta -> within gammas gamma -> within activities a ->
  (2 <= n < k)%Z /\ (0 < alpha /\ beta < 0 /\ 0 < gamma /\ 0 < a).
Proof.
  unfold signs_test, within. intros H B0 B1 B2 B3.
  repeat match goal with
  | H : (_ && _)%bool = true |- _ => apply andb_prop in H; destruct H
  | H : (2 <=? n)%Z = true |- _ => apply Z.leb_le in H
  | H : (n <? k)%Z = true |- _ => apply Z.ltb_lt in H
  | H : above_zero (enclosure p ?r) = true |- _ =>
      apply (fun H => above_zero_correct _ _ H (encloses_rational p r)) in H
  | H : below_zero (enclosure p ?r) = true |- _ =>
      apply (fun H => below_zero_correct _ _ H (encloses_rational p r)) in H
  end.
  split; [lia | lra].
Qed.

Definition point (alpha beta gamma a : R) : vec :=
  fun i => match i with O => alpha | 1%nat => beta | 2%nat => gamma | _ => a end.

Lemma system_equations n k alphas betas gammas activities x :
  let F := system equations [n; k] equation_registers
    (unknowns alphas betas gammas activities) x in
  F O = equation_alpha (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat) /\
  F 1%nat = equation_beta (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat) /\
  F 2%nat = equation_gamma (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat) /\
  F 3%nat = equation_a (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat).
Proof. repeat split; reflexivity. Qed.

Lemma loss_registers n k alphas betas gammas activities x :
  let inputs := inputs [n; k] (unknowns alphas betas gammas activities) x in
  let registers := run_real (equations ++ loss_code) inputs in
  let reduced := reduced_loss (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat) in
  register 0 registers 110 = reduced /\
  register 0 registers 121 = reduced - L (IZR k - IZR n + 1).
Proof. split; reflexivity. Qed.

(** The zeros of the system in the box are the critical points of the reduced loss. *)
Lemma reduced_unique p q n k alphas betas gammas activities matrix :
  krawczyk_succeeds p q equations [n; k] equation_registers
    (unknowns alphas betas gammas activities) matrix = true ->
  exists x : vec,
    in_box 4 (lo (unknowns alphas betas gammas activities))
      (hi (unknowns alphas betas gammas activities)) x /\
    reduced_critical (IZR n) (IZR k) (x O) (x 1%nat) (x 2%nat) (x 3%nat) /\
    (forall alpha' beta' gamma' a',
       within alphas alpha' -> within betas beta' -> within gammas gamma' ->
       within activities a' -> reduced_critical (IZR n) (IZR k) alpha' beta' gamma' a' ->
       alpha' = x O /\ beta' = x 1%nat /\ gamma' = x 2%nat /\ a' = x 3%nat).
Proof.
  intros H. apply krawczyk_succeeds_correct in H. destruct H as [x [Bx [Zx Ux]]].
  exists x. split; [exact Bx |]. split.
  - destruct (system_equations n k alphas betas gammas activities x) as [E0 [E1 [E2 E3]]].
    unfold reduced_critical. rewrite <- E0, <- E1, <- E2, <- E3.
    repeat split; apply Zx; simpl; lia.
  - intros alpha' beta' gamma' a' W0 W1 W2 W3 [F0 [F1 [F2 F3]]].
    destruct (system_equations n k alphas betas gammas activities
      (point alpha' beta' gamma' a')) as [G0 [G1 [G2 G3]]].
    assert (U := Ux (point alpha' beta' gamma' a')).
    specialize (fun B Z => U B Z).
    assert (B : forall i, (i < 4)%nat -> lo (unknowns alphas betas gammas activities) i
      <= point alpha' beta' gamma' a' i <= hi (unknowns alphas betas gammas activities) i).
    { intros [| [| [| [| i]]]] Hi; [exact W0 | exact W1 | exact W2 | exact W3 | lia]. }
    assert (Z : forall i, (i < 4)%nat -> system equations [n; k] equation_registers
      (unknowns alphas betas gammas activities) (point alpha' beta' gamma' a') i = 0).
    { intros [| [| [| [| i]]]] Hi;
        [rewrite G0 | rewrite G1 | rewrite G2 | rewrite G3 | lia]; assumption. }
    specialize (U B Z).
    assert (U0 := U O ltac:(simpl; lia)). assert (U1 := U 1%nat ltac:(simpl; lia)).
    assert (U2 := U 2%nat ltac:(simpl; lia)). assert (U3 := U 3%nat ltac:(simpl; lia)).
    auto.
Qed.

(** *** The test succeeds: the claim holds *)
Theorem perturbed_copy_test_correct p q n k alphas betas gammas activities losses o matrix :
  perturbed_copy_test p q n k alphas betas gammas activities losses o matrix = true ->
  perturbed_copy_claim n k alphas betas gammas activities losses o.
Proof.
  unfold perturbed_copy_test. intros H.
  apply andb_prop in H. destruct H as [H HL]. apply andb_prop in H. destruct H as [HS HK].
  destruct (reduced_unique _ _ _ _ _ _ _ _ _ HK) as [x [Bx [C U]]]. clear HK.
  assert (B0 : within alphas (x O)) by (apply (Bx O); lia).
  assert (B1 : within betas (x 1%nat)) by (apply (Bx 1%nat); lia).
  assert (B2 : within gammas (x 2%nat)) by (apply (Bx 2%nat); lia).
  assert (B3 : within activities (x 3%nat)) by (apply (Bx 3%nat); lia).
  destruct (signs_test_correct _ _ _ _ _ _ _ _ _ _ _ HS B0 B1 B2 B3) as [NK S].
  exists (x O), (x 1%nat), (x 2%nat), (x 3%nat).
  split; [auto |]. split; [exact S |]. split; [exact C |]. split; [exact U |].
  assert (In : INR (Z.to_nat n) = IZR n) by (rewrite INR_IZR_INZ, Z2Nat.id by lia; reflexivity).
  assert (Ik : INR (Z.to_nat k) = IZR k) by (rewrite INR_IZR_INZ, Z2Nat.id by lia; reflexivity).
  intros d Hd. cbv zeta.
  assert (N2 : (2 <= Z.to_nat n)%nat) by lia.
  assert (N3 : (Z.to_nat n < Z.to_nat k)%nat) by lia.
  rewrite loss_perturbed, In, Ik by auto.
  split; [apply perturbed_critical; auto; rewrite In, Ik; exact C |].
  destruct (loss_registers n k alphas betas gammas activities x) as [G1 G2].
  apply (loss_test_correct _ _ _ _ _ _ HL); [rewrite <- G1 | rewrite <- G2];
    apply output_over_box_encloses; exact Bx.
Qed.
