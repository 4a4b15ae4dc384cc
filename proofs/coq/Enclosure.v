(** Straight-line code and its evaluation in interval arithmetic.

    Certificates are replayed by computation inside Coq: a formula is a list of
    instructions, evaluated in CoqInterval's intervals whose ends are integers times
    powers of 2, all of them plain integers of Coq (no machine numbers, no axioms). The
    theorems say that what is computed encloses the real value, and the derivative. *)

From Coq Require Import Reals ZArith List Bool Lia Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Specific_ops Float.Specific_stdz
  Interval.Interval Interval.Float Interval.Float_full.
From CopyAvg Require Import Sums Kernel.
Import ListNotations.
Local Open Scope R_scope.

Module F := SpecificFloat StdZRadix2.
Module I := FloatIntervalFull F.

Definition encloses (X : I.type) (x : R) : Prop := contains (I.convert X) (Xreal x).

(** ** Operations *)

Lemma encloses_nai x : encloses I.nai x.
Proof. unfold encloses. now rewrite I.nai_correct. Qed.

Lemma encloses_integer p z : encloses (I.fromZ p z) (IZR z).
Proof. apply I.fromZ_correct. Qed.

Lemma encloses_pi p : encloses (I.pi p) PI.
Proof. apply I.pi_correct. Qed.

Lemma encloses_add p X Y x y :
  encloses X x -> encloses Y y -> encloses (I.add p X Y) (x + y).
Proof. intros HX HY. exact (I.add_correct p _ _ _ _ HX HY). Qed.

Lemma encloses_sub p X Y x y :
  encloses X x -> encloses Y y -> encloses (I.sub p X Y) (x - y).
Proof. intros HX HY. exact (I.sub_correct p _ _ _ _ HX HY). Qed.

Lemma encloses_mul p X Y x y :
  encloses X x -> encloses Y y -> encloses (I.mul p X Y) (x * y).
Proof. intros HX HY. exact (I.mul_correct p _ _ _ _ HX HY). Qed.

Lemma encloses_div p X Y x y :
  encloses X x -> encloses Y y -> encloses (I.div p X Y) (x / y).
Proof.
  intros HX HY. assert (H := I.div_correct p _ _ _ _ HX HY).
  unfold encloses. simpl in H. unfold Xdiv' in H.
  destruct (is_zero y); [| exact H].
  destruct (I.convert (I.div p X Y)); [exact Logic.I | destruct H].
Qed.

Lemma encloses_sqrt p X x : encloses X x -> encloses (I.sqrt p X) (sqrt x).
Proof. intros HX. exact (I.sqrt_correct p _ _ HX). Qed.

Lemma encloses_atan p X x : encloses X x -> encloses (I.atan p X) (atan x).
Proof. intros HX. exact (I.atan_correct p _ _ HX). Qed.

Definition above_zero (X : I.type) : bool :=
  match I.sign_strict X with Xgt => true | _ => false end.
Definition below_zero (X : I.type) : bool :=
  match I.sign_strict X with Xlt => true | _ => false end.

Lemma above_zero_correct X x : above_zero X = true -> encloses X x -> 0 < x.
Proof.
  unfold above_zero. intros H HX. assert (S := I.sign_strict_correct X).
  destruct (I.sign_strict X); try discriminate. now destruct (S _ HX).
Qed.

Lemma below_zero_correct X x : below_zero X = true -> encloses X x -> x < 0.
Proof.
  unfold below_zero. intros H HX. assert (S := I.sign_strict_correct X).
  destruct (I.sign_strict X); try discriminate. now destruct (S _ HX).
Qed.

(** 1 − X². *)
Definition cosine_square p X := I.sub p (I.fromZ p 1) (I.mul p X X).

Definition arcsine p X : I.type :=
  if above_zero (cosine_square p X) then I.atan p (I.div p X (I.sqrt p (cosine_square p X)))
  else I.nai.

Lemma encloses_cosine_square p X x :
  encloses X x -> encloses (cosine_square p X) (1 - x²).
Proof. intros HX. apply encloses_sub; [apply encloses_integer | now apply encloses_mul]. Qed.

Lemma inside p X x : above_zero (cosine_square p X) = true -> encloses X x -> -1 < x < 1.
Proof.
  intros H HX. assert (P := above_zero_correct _ _ H (encloses_cosine_square p X x HX)).
  unfold Rsqr in P. split; nra.
Qed.

Lemma encloses_arcsine p X x : encloses X x -> encloses (arcsine p X) (asin x).
Proof.
  intros HX. unfold arcsine. destruct (above_zero _) eqn:P; [| apply encloses_nai].
  rewrite asin_atan by now apply (inside p X).
  apply encloses_atan, encloses_div; auto. now apply encloses_sqrt, encloses_cosine_square.
Qed.

(** The interval between two enclosed numbers. *)
Lemma encloses_join X Y x y z :
  encloses X x -> encloses Y y -> x <= z <= y -> encloses (I.join X Y) z.
Proof.
  intros HX HY Hz. unfold encloses.
  apply (contains_connected (I.convert (I.join X Y)) x y); auto;
    apply I.join_correct; [left; exact HX | right; exact HY].
Qed.

(** ** Rational numbers *)

Definition rational : Type := Z * positive.
Definition ratio (numerator : Z) (denominator : positive) : rational :=
  (numerator, denominator).
Definition value (r : rational) : R := IZR (fst r) / IZR (Zpos (snd r)).
Definition enclosure p (r : rational) : I.type :=
  I.div p (I.fromZ p (fst r)) (I.fromZ p (Zpos (snd r))).

Lemma encloses_rational p r : encloses (enclosure p r) (value r).
Proof. apply encloses_div; apply encloses_integer. Qed.

Definition middle (r s : rational) : rational :=
  ((fst r * Zpos (snd s) + fst s * Zpos (snd r))%Z, (2 * (snd r * snd s))%positive).

Lemma middle_value r s : value (middle r s) = (value r + value s) / 2.
Proof.
  unfold value, middle. cbn [fst snd].
  rewrite plus_IZR, !mult_IZR. change (Zpos (2 * (snd r * snd s))) with (2 * (Zpos (snd r * snd s)))%Z.
  rewrite mult_IZR, Pos2Z.inj_mul, mult_IZR. field.
  split; apply not_0_IZR; discriminate.
Qed.

(** ** Code *)

(** Registers are numbered from 0: first the inputs, then one for each instruction. *)
Inductive instruction : Set :=
  | Integer (z : Z)
  | Pi
  | Add (i j : nat)
  | Subtract (i j : nat)
  | Multiply (i j : nat)
  | Divide (i j : nat)
  | SquareRoot (i : nat)
  | Arcsine (i : nat).

(** Registers stand in a list, the last one first. *)
Definition register {T} (default : T) (env : list T) (a : nat) : T :=
  nth (length env - S a) env default.

Fixpoint run {T} (default : T) (step : (nat -> T) -> instruction -> T)
    (code : list instruction) (env : list T) : list T :=
  match code with
  | nil => env
  | c :: rest => run default step rest (step (register default env) c :: env)
  end.

Lemma register_related {T U} (rel : T -> U -> Prop) t0 u0 env env' a :
  rel t0 u0 -> Forall2 rel env env' -> rel (register t0 env a) (register u0 env' a).
Proof.
  intros H0 H. unfold register.
  replace (length env) with (length env') by (induction H; simpl; auto).
  generalize (length env' - S a)%nat as b. clear a.
  induction H as [| t u env env' Htu H IH]; intros [| b]; simpl; auto.
Qed.

Lemma run_related {T U} (rel : T -> U -> Prop) t0 u0 step step' code :
  rel t0 u0 ->
  (forall f g c, (forall a, rel (f a) (g a)) -> rel (step f c) (step' g c)) ->
  forall env env', Forall2 rel env env' ->
  Forall2 rel (run t0 step code env) (run u0 step' code env').
Proof.
  intros H0 Hs. induction code as [| c code IH]; intros env env' H; simpl; auto.
  apply IH. constructor; auto. apply Hs. intros a. now apply register_related.
Qed.

(** *** Real numbers *)

Definition real_step (x : nat -> R) (c : instruction) : R :=
  match c with
  | Integer z => IZR z
  | Pi => PI
  | Add i j => x i + x j
  | Subtract i j => x i - x j
  | Multiply i j => x i * x j
  | Divide i j => x i / x j
  | SquareRoot i => sqrt (x i)
  | Arcsine i => asin (x i)
  end.

Definition run_real := run 0 real_step.

(** *** Intervals *)

Definition interval_step p (x : nat -> I.type) (c : instruction) : I.type :=
  match c with
  | Integer z => I.fromZ p z
  | Pi => I.pi p
  | Add i j => I.add p (x i) (x j)
  | Subtract i j => I.sub p (x i) (x j)
  | Multiply i j => I.mul p (x i) (x j)
  | Divide i j => I.div p (x i) (x j)
  | SquareRoot i => I.sqrt p (x i)
  | Arcsine i => arcsine p (x i)
  end.

Definition run_interval p := run I.nai (interval_step p).

Theorem run_interval_encloses p code env env' :
  Forall2 encloses env env' ->
  Forall2 encloses (run_interval p code env) (run_real code env').
Proof.
  apply run_related; [apply encloses_nai |].
  intros f g [] H; simpl; auto using encloses_integer, encloses_pi, encloses_add,
    encloses_sub, encloses_mul, encloses_div, encloses_sqrt, encloses_arcsine.
Qed.

Lemma output_encloses p code env env' a :
  Forall2 encloses env env' ->
  encloses (register I.nai (run_interval p code env) a) (register 0 (run_real code env') a).
Proof.
  intros H. apply register_related; [apply encloses_nai | now apply run_interval_encloses].
Qed.

(** *** A value and a derivative, unless it is unknown whether there is one *)

Definition dual : Type := I.type * option I.type.

Definition both (f : I.type -> I.type -> I.type) (x y : option I.type) : option I.type :=
  match x, y with Some x, Some y => Some (f x y) | _, _ => None end.

Definition dual_step p (x : nat -> dual) (c : instruction) : dual :=
  match c with
  | Integer z => (I.fromZ p z, Some (I.fromZ p 0))
  | Pi => (I.pi p, Some (I.fromZ p 0))
  | Add i j => (I.add p (fst (x i)) (fst (x j)), both (I.add p) (snd (x i)) (snd (x j)))
  | Subtract i j => (I.sub p (fst (x i)) (fst (x j)), both (I.sub p) (snd (x i)) (snd (x j)))
  | Multiply i j => (I.mul p (fst (x i)) (fst (x j)),
      both (fun d e => I.add p (I.mul p d (fst (x j))) (I.mul p (fst (x i)) e))
        (snd (x i)) (snd (x j)))
  | Divide i j =>
      let q := I.div p (fst (x i)) (fst (x j)) in
      (q, if (above_zero (fst (x j)) || below_zero (fst (x j)))%bool then
            both (fun d e => I.div p (I.sub p d (I.mul p q e)) (fst (x j)))
              (snd (x i)) (snd (x j))
          else None)
  | SquareRoot i =>
      let r := I.sqrt p (fst (x i)) in
      (r, if above_zero (fst (x i)) then
            both (fun d _ => I.div p d (I.mul p (I.fromZ p 2) r)) (snd (x i)) (snd (x i))
          else None)
  | Arcsine i =>
      let c := cosine_square p (fst (x i)) in
      (arcsine p (fst (x i)),
       if above_zero c then both (fun d _ => I.div p d (I.sqrt p c)) (snd (x i)) (snd (x i))
       else None)
  end.

Definition run_dual p := run (I.nai, None) (dual_step p).

(** X encloses the value of f at t, and D its derivative there. *)
Definition encloses_dual (t : R) (X : dual) (f : R -> R) : Prop :=
  encloses (fst X) (f t) /\
  match snd X with
  | Some D => exists d, is_derive f t d /\ encloses D d
  | None => True
  end.

Definition function_step (x : nat -> R -> R) (c : instruction) (t : R) : R :=
  real_step (fun a => x a t) c.

Definition run_function := run (fun _ => 0) function_step.

Lemma run_function_value code env t :
  Forall2 (fun (f : R -> R) x => f t = x) env (map (fun f => f t) env) ->
  Forall2 (fun (f : R -> R) x => f t = x) (run_function code env)
    (run_real code (map (fun f => f t) env)).
Proof.
  apply run_related; [reflexivity |].
  intros f g [] H; simpl; unfold function_step; simpl; rewrite ?H; reflexivity.
Qed.

Theorem run_dual_encloses p code t env env' :
  Forall2 (encloses_dual t) env env' ->
  Forall2 (encloses_dual t) (run_dual p code env) (run_function code env').
Proof.
  apply run_related; [split; [apply encloses_nai | exact Logic.I] |].
  intros f g [z | | i j | i j | i j | i j | i | i] H; unfold function_step; split; cbn [fst snd dual_step real_step both];
    try (destruct (H i) as [Hi Di]); try (destruct (H j) as [Hj Dj]);
    auto using encloses_integer, encloses_pi, encloses_add,
      encloses_sub, encloses_mul, encloses_div, encloses_sqrt, encloses_arcsine.
  - exists 0. split; [apply derive_const | apply encloses_integer].
  - exists 0. split; [apply derive_const | apply encloses_integer].
  - destruct (snd (f i)), (snd (f j)); cbn [both]; auto.
    destruct Di as [d [Di Ed]], Dj as [e [Dj Ee]]. exists (d + e).
    split; [now apply derive_plus | now apply encloses_add].
  - destruct (snd (f i)), (snd (f j)); cbn [both]; auto.
    destruct Di as [d [Di Ed]], Dj as [e [Dj Ee]]. exists (d - e).
    split; [now apply derive_minus | now apply encloses_sub].
  - destruct (snd (f i)), (snd (f j)); cbn [both]; auto.
    destruct Di as [d [Di Ed]], Dj as [e [Dj Ee]]. exists (d * g j t + g i t * e).
    split; [| now apply encloses_add; apply encloses_mul].
    now apply derive_mult.
  - destruct (above_zero (fst (f j)) || below_zero (fst (f j)))%bool eqn:N; cbn [both]; auto.
    destruct (snd (f i)), (snd (f j)); cbn [both]; auto.
    destruct Di as [d [Di Ed]], Dj as [e [Dj Ee]].
    assert (Z : g j t <> 0).
    { apply orb_prop in N. destruct N as [N | N].
      - assert (P := above_zero_correct _ _ N Hj). lra.
      - assert (P := below_zero_correct _ _ N Hj). lra. }
    exists ((d - g i t / g j t * e) / g j t). split.
    + apply (derive_value _ _ ((d * g j t - g i t * e) / (g j t * g j t))); [| field; exact Z].
      now apply derive_div.
    + apply encloses_div; auto. apply encloses_sub; auto.
      apply encloses_mul; auto. now apply encloses_div.
  - destruct (above_zero (fst (f i))) eqn:N; cbn [both]; auto.
    destruct (snd (f i)); cbn [both]; auto. destruct Di as [d [Di Ed]].
    exists (d / (2 * sqrt (g i t))). split.
    + apply derive_sqrt; auto. now apply (above_zero_correct (fst (f i))).
    + apply encloses_div; auto. apply encloses_mul; [apply encloses_integer |].
      now apply encloses_sqrt.
  - destruct (above_zero (cosine_square p (fst (f i)))) eqn:N; cbn [both]; auto.
    destruct (snd (f i)); cbn [both]; auto. destruct Di as [d [Di Ed]].
    assert (S := inside p _ _ N Hi).
    exists (d / sqrt (1 - (g i t)²)). split.
    + apply (derive_comp asin (g i)); auto. now apply is_derive_asin.
    + apply encloses_div; auto. now apply encloses_sqrt, encloses_cosine_square.
Qed.

Lemma output_dual p code t env env' a X D :
  Forall2 (encloses_dual t) env env' ->
  register (I.nai, None) (run_dual p code env) a = (X, Some D) ->
  exists d, is_derive (register (fun _ => 0) (run_function code env') a) t d /\ encloses D d.
Proof.
  intros H E.
  assert (K : encloses_dual t (register (I.nai, None) (run_dual p code env) a)
    (register (fun _ => 0) (run_function code env') a)).
  { apply register_related; [split; [apply encloses_nai | exact Logic.I] |].
    now apply run_dual_encloses. }
  rewrite E in K. exact (proj2 K).
Qed.

Lemma output_function code env a t :
  register (fun _ => 0) (run_function code env) a t
  = register 0 (run_real code (map (fun f => f t) env)) a.
Proof.
  apply (register_related (fun (f : R -> R) x => f t = x)); [reflexivity |].
  apply run_function_value. clear. induction env; simpl; auto.
Qed.

(** ** Sums *)

Fixpoint interval_sum p (n : nat) (f : nat -> I.type) : I.type :=
  match n with O => I.fromZ p 0 | S m => I.add p (interval_sum p m f) (f m) end.

Lemma encloses_sum p n f g : (forall i, (i < n)%nat -> encloses (f i) (g i)) ->
  encloses (interval_sum p n f) (sum n g).
Proof.
  induction n as [| n IH]; simpl; intros H; [apply encloses_integer |].
  apply encloses_add; [apply IH; intros |]; apply H; lia.
Qed.
