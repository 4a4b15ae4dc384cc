(** Krawczyk's test for a system given by code, decided by computation. *)

From Coq Require Import Reals ZArith List Bool Lia Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Interval.Interval Interval.Float.
From CopyAvg Require Import Sums Finite Krawczyk Enclosure.
Import ListNotations.
Local Open Scope R_scope.

Lemma Forall2_map {A T U} (rel : T -> U -> Prop) (f : A -> T) (g : A -> U) l :
  (forall a, In a l -> rel (f a) (g a)) -> Forall2 rel (map f l) (map g l).
Proof.
  induction l as [| a l IH]; simpl; intros H; constructor; auto.
Qed.

Lemma Forall2_rev {T U} (rel : T -> U -> Prop) l l' :
  Forall2 rel l l' -> Forall2 rel (rev l) (rev l').
Proof.
  induction 1 as [| a b l l' H _ IH]; simpl; [constructor |].
  apply Forall2_app; auto.
Qed.

Section Test.

(** Bits for values, and for derivatives; the code, its integer parameters (the first
    registers, the unknowns following), the registers with the left sides of the
    equations; the box and the preconditioner. *)
Variables (p q : Z) (code : list instruction) (parameters : list Z) (out : list nat).
Variables (box : list (rational * rational)) (matrix : list (list rational)).

Let n := length box.
Let none : rational := (0%Z, 1%positive).
Definition lower_end (i : nat) : rational := fst (nth i box (none, none)).
Definition upper_end (i : nat) : rational := snd (nth i box (none, none)).
Definition midpoint (i : nat) : rational := middle (lower_end i) (upper_end i).
Definition conditioner (i j : nat) : rational := nth j (nth i matrix nil) none.

Definition lo (i : nat) : R := value (lower_end i).
Definition hi (i : nat) : R := value (upper_end i).

(** The system. *)
Definition inputs (x : nat -> R) : list R := rev (map x (seq 0 n)) ++ rev (map IZR parameters).
Definition system (x : nat -> R) (i : nat) : R :=
  register 0 (run_real code (inputs x)) (nth i out O).

(** Interval inputs. *)
Definition side b (i : nat) : I.type :=
  I.join (enclosure b (lower_end i)) (enclosure b (upper_end i)).
Definition interval_inputs b (f : nat -> I.type) : list I.type :=
  rev (map f (seq 0 n)) ++ rev (map (I.fromZ b) parameters).
Definition dual_inputs (j : nat) : list dual :=
  rev (map (fun i => (side q i, Some (I.fromZ q (if Nat.eqb i j then 1 else 0)))) (seq 0 n))
  ++ rev (map (fun z => (I.fromZ q z, Some (I.fromZ q 0))) parameters).

Definition column (j : nat) : list (option I.type) :=
  let registers := run_dual q code (dual_inputs j) in
  map (fun o => snd (register (I.nai, None) registers o)) out.
Definition columns : list (list (option I.type)) := map column (seq 0 n).
Definition values : list I.type :=
  let registers := run_interval p code (interval_inputs p (fun i => enclosure p (midpoint i))) in
  map (register I.nai registers) out.

Definition entry (cols : list (list (option I.type))) (i j : nat) : I.type :=
  match nth i (nth j cols nil) None with Some D => D | None => I.nai end.

(** Component i of x̂ − C F(x̂) + (I − C J)(X − x̂). *)
Definition image (vals : list I.type) (cols : list (list (option I.type))) (i : nat) : I.type :=
  I.add p
    (I.sub p (enclosure p (midpoint i))
      (interval_sum p n (fun j => I.mul p (enclosure p (conditioner i j)) (nth j vals I.nai))))
    (interval_sum p n (fun j =>
      I.mul p
        (I.sub p (I.fromZ p (if Nat.eq_dec i j then 1 else 0))
          (interval_sum p n (fun l => I.mul p (enclosure p (conditioner i l)) (entry cols l j))))
        (I.sub p (side p j) (enclosure p (midpoint j))))).

Definition inside_box (vals : list I.type) (cols : list (list (option I.type))) (i : nat) : bool :=
  let K := image vals cols i in
  above_zero (I.sub p (enclosure p (upper_end i)) (enclosure p (lower_end i)))
  && above_zero (I.sub p K (enclosure p (lower_end i)))
  && above_zero (I.sub p (enclosure p (upper_end i)) K).

Definition krawczyk_succeeds : bool :=
  Nat.eqb (length out) n
  && (let vals := values in
      let cols := columns in
      forallb (fun i => inside_box vals cols i
        && forallb (fun j =>
             match nth i (nth j cols nil) None with Some D => I.bounded D | None => false end)
           (seq 0 n)) (seq 0 n)).

(** ** The test succeeds: there is exactly one zero *)

Hypothesis success : krawczyk_succeeds = true.

Lemma outputs : length out = n.
Proof. apply andb_prop in success. now apply Nat.eqb_eq. Qed.

Lemma for_all (f : nat -> bool) m : forallb f (seq 0 m) = true ->
  forall i, (i < m)%nat -> f i = true.
Proof.
  intros H i Hi. apply (proj1 (forallb_forall f (seq 0 m)) H). apply in_seq. lia.
Qed.

Lemma parts i : (i < n)%nat -> inside_box values columns i = true /\
  forall j, (j < n)%nat -> exists D,
    nth i (nth j columns nil) None = Some D /\ I.bounded D = true.
Proof.
  intros Hi. apply andb_prop in success. destruct success as [_ H]. cbv zeta in H.
  assert (K := for_all _ _ H i Hi). cbv beta in K. apply andb_prop in K.
  destruct K as [K1 K2]. split; [exact K1 |]. intros j Hj.
  assert (K := for_all _ _ K2 j Hj). cbv beta in K.
  destruct (nth i (nth j columns nil) None) as [D |]; [| discriminate]. now exists D.
Qed.

Lemma ends i : (i < n)%nat -> lo i < hi i.
Proof.
  intros Hi. destruct (parts i Hi) as [H _]. unfold inside_box in H. cbv zeta in H.
  apply andb_prop in H. destruct H as [H _]. apply andb_prop in H. destruct H as [H _].
  apply Rminus_gt_0_lt. apply (above_zero_correct _ _ H).
  apply encloses_sub; apply encloses_rational.
Qed.

Lemma side_encloses b i x : lo i <= x <= hi i -> encloses (side b i) x.
Proof. apply encloses_join; apply encloses_rational. Qed.

Lemma nth_column j : (j < n)%nat -> nth j columns nil = column j.
Proof.
  intros Hj. unfold columns. rewrite (nth_indep _ nil (column O)).
  - rewrite map_nth. now rewrite seq_nth by exact Hj.
  - now rewrite map_length, seq_length.
Qed.

Lemma dual_related j (x : vec) : (j < n)%nat -> in_box n lo hi x ->
  Forall2 (encloses_dual (x j)) (dual_inputs j)
    (rev (map (fun i t => upd x j t i) (seq 0 n)) ++ rev (map (fun z _ => IZR z) parameters)).
Proof.
  intros Hj Bx. apply Forall2_app; apply Forall2_rev, Forall2_map.
  - intros i Hi. apply in_seq in Hi. unfold upd. split; cbn [fst snd].
    + apply side_encloses. destruct (Nat.eq_dec i j) as [-> |]; apply Bx; lia.
    + exists (if Nat.eqb i j then 1 else 0). split.
      * destruct (Nat.eqb_spec i j), (Nat.eq_dec i j); try lia.
        -- apply (is_derive_id (K := R_AbsRing)).
        -- apply derive_const.
      * destruct (Nat.eqb i j); apply encloses_integer.
  - intros z _. split; cbn [fst snd]; [apply encloses_integer |].
    exists 0. split; [apply derive_const | apply encloses_integer].
Qed.

Lemma derivative_exists (x : vec) i j : (i < n)%nat -> (j < n)%nat -> in_box n lo hi x ->
  exists d, is_derive (fun t => system (upd x j t) i) (x j) d /\
    encloses (entry columns i j) d.
Proof.
  intros Hi Hj Bx. destruct (parts i Hi) as [_ H]. destruct (H j Hj) as [D [E _]].
  unfold entry. rewrite E. rewrite nth_column in E by exact Hj. unfold column in E.
  cbv zeta in E.
  set (R := run_dual q code (dual_inputs j)) in E.
  rewrite (nth_indep _ None (snd (register (I.nai, None) R O))) in E
    by (rewrite map_length, outputs; exact Hi).
  rewrite (map_nth (fun o => snd (register (I.nai, None) R o))) in E.
  destruct (register (I.nai, None) R (nth i out O)) as [X D'] eqn:E'. cbn [snd] in E. subst D'.
  destruct (output_dual q code (x j) _ _ _ X D (dual_related j x Hj Bx) E') as [d [Hd Ed]].
  exists d. split; [| exact Ed].
  apply is_derive_ext with (2 := Hd). intros t. rewrite output_function. unfold system, inputs.
  rewrite map_app, !map_rev, !map_map. reflexivity.
Qed.

Definition jacobian_lower (i j : nat) : R :=
  match I.convert (entry columns i j) with Interval.Ibnd (Xreal l) _ => l | _ => 0 end.
Definition jacobian_upper (i j : nat) : R :=
  match I.convert (entry columns i j) with Interval.Ibnd _ (Xreal u) => u | _ => 0 end.

Lemma entry_ends i j d : (i < n)%nat -> (j < n)%nat ->
  encloses (entry columns i j) d ->
  exists l u, I.convert (entry columns i j) = Interval.Ibnd (Xreal l) (Xreal u).
Proof.
  intros Hi Hj Ed. destruct (parts i Hi) as [_ H]. destruct (H j Hj) as [D [E B]].
  unfold entry in *. rewrite E in *.
  apply I.bounded_correct in B. destruct B as [B1 B2].
  apply I.lower_bounded_correct in B1. apply I.upper_bounded_correct in B2.
  destruct B1 as [B1 P]. destruct B2 as [B2 _].
  unfold encloses in Ed. unfold I.bounded_prop in P.
  assert (Q := P (ex_intro _ d Ed)). rewrite B1, B2 in Q. eauto.
Qed.

Definition derivative (x : vec) (i j : nat) : R :=
  Derive (fun t => system (upd x j t) i) (x j).

(** *** Exactly one zero in the box *)
Theorem krawczyk_succeeds_correct :
  exists x, in_box n lo hi x /\ (forall i, (i < n)%nat -> system x i = 0) /\
    forall y, in_box n lo hi y -> (forall i, (i < n)%nat -> system y i = 0) ->
    forall i, (i < n)%nat -> y i = x i.
Proof.
  set (x0 := fun i => value (midpoint i)).
  assert (B0 : in_box n lo hi x0).
  { intros i Hi. unfold x0, midpoint. rewrite middle_value.
    fold (lo i) (hi i). assert (E := ends i Hi). lra. }
  assert (J : forall x i j, in_box n lo hi x -> (i < n)%nat -> (j < n)%nat ->
    is_derive (fun t => system (upd x j t) i) (x j) (derivative x i j) /\
    encloses (entry columns i j) (derivative x i j)).
  { intros x i j Bx Hi Hj. destruct (derivative_exists x i j Hi Hj Bx) as [d [Hd Ed]].
    replace (derivative x i j) with d by (symmetry; now apply is_derive_unique). auto. }
  apply (krawczyk n lo hi system derivative jacobian_lower jacobian_upper
    (fun i j => value (conditioner i j)) x0).
  - intros x y E i _. unfold system, inputs. do 3 f_equal. f_equal. apply map_ext_in.
    intros j Hj. apply in_seq in Hj. apply E. lia.
  - intros x i j Bx Hi Hj. now apply J.
  - intros x Bx i j Hi Hj. destruct (J x i j Bx Hi Hj) as [_ Ed].
    destruct (entry_ends i j _ Hi Hj Ed) as [l [u E]].
    unfold jacobian_lower, jacobian_upper, encloses in *. rewrite E in *. exact Ed.
  - split; [exact B0 |]. intros d x Hd Bx i Hi.
    assert (Ed : forall l j, (l < n)%nat -> (j < n)%nat -> encloses (entry columns l j) (d l j)).
    { intros l j Hl Hj. destruct (J x0 l j B0 Hl Hj) as [_ E0].
      destruct (entry_ends l j _ Hl Hj E0) as [m [u E]]. specialize (Hd l j Hl Hj).
      unfold jacobian_lower, jacobian_upper, encloses in *. rewrite E in *. exact Hd. }
    assert (Ev : forall j, (j < n)%nat -> encloses (nth j values I.nai) (system x0 j)).
    { intros j Hj. unfold values. cbv zeta. set (R := run_interval _ _ _).
      rewrite (nth_indep _ I.nai (register I.nai R O)) by (rewrite map_length, outputs; exact Hj).
      rewrite map_nth. apply output_encloses. unfold interval_inputs, inputs.
      apply Forall2_app; apply Forall2_rev, Forall2_map; intros.
      - apply encloses_rational.
      - apply encloses_integer. }
    assert (EK : encloses (image values columns i)
      (x0 i - mul_vec n (fun i j => value (conditioner i j)) (system x0) i
       + mul_vec n (defect n (fun i j => value (conditioner i j)) d) (fun j => x j - x0 j) i)).
    { apply encloses_add; [apply encloses_sub; [apply encloses_rational |] |].
      - apply encloses_sum. intros j Hj. apply encloses_mul; [apply encloses_rational | auto].
      - apply encloses_sum. intros j Hj. apply encloses_mul.
        + apply encloses_sub.
          * unfold unit_matrix. destruct (Nat.eq_dec i j); apply encloses_integer.
          * apply encloses_sum. intros l Hl. apply encloses_mul; [apply encloses_rational | auto].
        + apply encloses_sub; [apply side_encloses, Bx, Hj | apply encloses_rational]. }
    destruct (parts i Hi) as [H _]. unfold inside_box in H. cbv zeta in H.
    apply andb_prop in H. destruct H as [H H2]. apply andb_prop in H. destruct H as [_ H1].
    set (K := x0 i - _ + _) in *.
    assert (0 < K - lo i).
    { apply (above_zero_correct _ _ H1). apply encloses_sub; auto. apply encloses_rational. }
    assert (0 < hi i - K).
    { apply (above_zero_correct _ _ H2). apply encloses_sub; auto. apply encloses_rational. }
    lra.
Qed.

(** An enclosure of a number that is computed by code from a point of the box. *)
Lemma output_over_box_encloses (x : vec) a : in_box n lo hi x ->
  encloses (register I.nai (run_interval q code (interval_inputs q (side q))) a)
    (register 0 (run_real code (inputs x)) a).
Proof.
  intros Bx. apply output_encloses. unfold interval_inputs, inputs.
  apply Forall2_app; apply Forall2_rev, Forall2_map.
  - intros i Hi. apply in_seq in Hi. apply side_encloses, Bx. lia.
  - intros. apply encloses_integer.
Qed.

End Test.
