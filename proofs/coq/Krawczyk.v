(** Krawczyk's test: an interval test that proves that a system of n equations has
    exactly one solution in a box (Krawczyk 1969; Neumaier, Interval Methods for Systems
    of Equations, 1990, Theorem 5.1.8).

    Vectors are functions nat -> R of which the values at 0, …, n−1 count. *)

From Coq Require Import Reals Arith Lia Lra FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums Finite.
Local Open Scope R_scope.

Definition vec := nat -> R.

(** The vector x with t in the place of its j-th component. *)
Definition upd (x : vec) (j : nat) (t : R) : vec :=
  fun i => if Nat.eq_dec i j then t else x i.

Definition in_box (n : nat) (lo hi x : vec) : Prop :=
  forall i, (i < n)%nat -> lo i <= x i <= hi i.

Definition in_interior (n : nat) (lo hi x : vec) : Prop :=
  forall i, (i < n)%nat -> lo i < x i < hi i.

Definition in_matrix (n : nat) (lo hi d : nat -> vec) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> lo i j <= d i j <= hi i j.

Definition mul_vec (n : nat) (m : nat -> vec) (x : vec) : vec :=
  fun i => sum n (fun j => m i j * x j).

Definition unit_matrix (i j : nat) : R := if Nat.eq_dec i j then 1 else 0.

(** The entries of I − C D. *)
Definition defect (n : nat) (c d : nat -> vec) (i j : nat) : R :=
  unit_matrix i j - sum n (fun l => c i l * d l j).

Lemma sum_unit n i x : (i < n)%nat -> sum n (fun j => unit_matrix i j * x j) = x i.
Proof.
  intros Hi. rewrite (sum_single n i); auto.
  - unfold unit_matrix. destruct (Nat.eq_dec i i); [ring | lia].
  - intros j _ Hj. unfold unit_matrix. destruct (Nat.eq_dec i j); [lia | ring].
Qed.

Lemma defect_mul n c d x i : (i < n)%nat ->
  mul_vec n (defect n c d) x i = x i - mul_vec n c (mul_vec n d x) i.
Proof.
  intros Hi. unfold mul_vec, defect.
  rewrite (sum_ext n _ (fun j => unit_matrix i j * x j
    - sum n (fun l => c i l * (d l j * x j)))).
  - rewrite sum_minus, sum_unit, sum_swap by auto. f_equal. apply sum_ext. intros l _.
    now rewrite sum_scal.
  - intros j _. rewrite Rmult_minus_distr_r. f_equal.
    rewrite Rmult_comm, <- sum_scal. apply sum_ext. intros. ring.
Qed.

(** ** Banach's fixed point theorem in a box, in the maximum norm with weights w *)

Section Contraction.

Variables (n : nat) (lo hi w : vec) (G : vec -> vec) (q : R).
Hypothesis weight : forall i, (i < n)%nat -> 0 < w i.
Hypothesis rate : 0 <= q < 1.
Hypothesis maps : forall x, in_box n lo hi x -> in_box n lo hi (G x).
Hypothesis contracts : forall x y t, 0 <= t -> in_box n lo hi x -> in_box n lo hi y ->
  (forall i, (i < n)%nat -> Rabs (x i - y i) <= t * w i) ->
  forall i, (i < n)%nat -> Rabs (G x i - G y i) <= q * t * w i.

Lemma distance x y :
  exists t, 0 <= t /\ forall i, (i < n)%nat -> Rabs (x i - y i) <= t * w i.
Proof.
  clear - weight.
  induction n as [| m IH].
  - exists 0. split; [lra | intros; lia].
  - destruct IH as [t [Ht H]]; [intros; apply weight; lia |].
    assert (Hw : 0 < w m) by (apply weight; lia).
    assert (0 <= Rabs (x m - y m) / w m).
    { apply Rmult_le_pos; [apply Rabs_pos | left; now apply Rinv_0_lt_compat]. }
    exists (t + Rabs (x m - y m) / w m). split; [lra |].
    intros i Hi. destruct (Nat.eq_dec i m) as [-> | Hne].
    + replace ((t + Rabs (x m - y m) / w m) * w m)
        with (t * w m + Rabs (x m - y m)) by (field; lra).
      assert (0 <= t * w m) by (apply Rmult_le_pos; lra). lra.
    + assert (0 < w i) by (apply weight; lia).
      apply Rle_trans with (t * w i); [apply H; lia |].
      apply Rmult_le_compat_r; lra.
Qed.

Lemma fixed_point_unique x y :
  in_box n lo hi x -> in_box n lo hi y ->
  (forall i, (i < n)%nat -> G x i = x i) -> (forall i, (i < n)%nat -> G y i = y i) ->
  forall i, (i < n)%nat -> x i = y i.
Proof.
  intros Bx By Fx Fy.
  destruct (distance x y) as [t [Ht H]].
  assert (P : forall m i, (i < n)%nat -> Rabs (x i - y i) <= t * w i * q ^ m).
  { induction m as [| m IH]; intros i Hi.
    - rewrite pow_O, Rmult_1_r. auto.
    - rewrite <- Fx, <- Fy by auto.
      replace (t * w i * q ^ S m) with (q * (t * q ^ m) * w i) by (simpl; ring).
      apply contracts; auto.
      + apply Rmult_le_pos; [lra | apply pow_le; lra].
      + intros j Hj. replace (t * q ^ m * w j) with (t * w j * q ^ m) by ring. auto. }
  intros i Hi. apply Rminus_diag_uniq.
  destruct (Req_dec (x i - y i) 0) as [E | E]; [exact E | exfalso].
  apply Rabs_pos_lt in E.
  assert (L : is_lim_seq (fun m => t * w i * q ^ m) 0).
  { replace (Finite 0) with (Rbar_mult (t * w i) 0) by (simpl; f_equal; ring).
    apply is_lim_seq_scal_l. apply is_lim_seq_geom. rewrite Rabs_pos_eq; lra. }
  assert (K := is_lim_seq_le _ _ _ _ (fun m => P m i Hi) (is_lim_seq_const _) L).
  simpl in K. lra.
Qed.

Fixpoint iterate (x : vec) (m : nat) : vec :=
  match m with O => x | S m => G (iterate x m) end.

Lemma fixed_point_exists x0 : in_box n lo hi x0 ->
  exists x, in_box n lo hi x /\ forall i, (i < n)%nat -> G x i = x i.
Proof.
  intros B0. set (u := iterate x0).
  assert (Bu : forall m, in_box n lo hi (u m)).
  { induction m as [| m IH]; [exact B0 | apply maps, IH]. }
  destruct (distance (u 1%nat) (u O)) as [t [Ht H]].
  assert (step : forall m i, (i < n)%nat -> Rabs (u (S m) i - u m i) <= t * q ^ m * w i).
  { induction m as [| m IH]; intros i Hi.
    - rewrite pow_O, Rmult_1_r. auto.
    - replace (t * q ^ S m * w i) with (q * (t * q ^ m) * w i) by (simpl; ring).
      change (u (S (S m))) with (G (u (S m))). change (u (S m)) with (G (u m)) at 2.
      apply contracts; auto. apply Rmult_le_pos; [lra | apply pow_le; lra]. }
  assert (tail : forall m p i, (i < n)%nat ->
    Rabs (u (m + p)%nat i - u m i) <= t * q ^ m * w i * / (1 - q)).
  { intros m p i Hi.
    assert (D : Rabs (u (m + p)%nat i - u m i) <= t * q ^ m * w i * (1 - q ^ p) / (1 - q)).
    { induction p as [| p IH].
      - rewrite Nat.add_0_r, Rminus_diag_eq, Rabs_R0 by reflexivity. simpl. right. field. lra.
      - replace (u (m + S p)%nat i - u m i)
          with ((u (S (m + p)) i - u (m + p)%nat i) + (u (m + p)%nat i - u m i))
          by (rewrite Nat.add_succ_r; ring).
        apply Rle_trans with (1 := Rabs_triang _ _).
        assert (Q := step (m + p)%nat i Hi). rewrite pow_add in Q.
        replace (t * q ^ m * w i * (1 - q ^ S p) / (1 - q))
          with (t * (q ^ m * q ^ p) * w i + t * q ^ m * w i * (1 - q ^ p) / (1 - q))
          by (simpl; field; lra). lra. }
    apply Rle_trans with (1 := D). unfold Rdiv. apply Rmult_le_compat_r.
    - left. apply Rinv_0_lt_compat. lra.
    - rewrite <- (Rmult_1_r (t * q ^ m * w i)) at 2. apply Rmult_le_compat_l.
      + assert (W := weight i Hi). assert (0 <= q ^ m) by (apply pow_le; lra).
        repeat apply Rmult_le_pos; lra.
      + assert (0 <= q ^ p) by (apply pow_le; lra). lra. }
  assert (small : forall i, (i < n)%nat ->
    is_lim_seq (fun m => t * q ^ m * w i * / (1 - q)) 0).
  { intros i Hi.
    apply is_lim_seq_ext with (fun m => (t * w i * / (1 - q)) * q ^ m); [intros; ring |].
    replace (Finite 0) with (Rbar_mult (t * w i * / (1 - q)) 0) by (simpl; f_equal; ring).
    apply is_lim_seq_scal_l. apply is_lim_seq_geom. rewrite Rabs_pos_eq; lra. }
  assert (limits : forall i, (i < n)%nat -> exists l : R, is_lim_seq (fun m => u m i) l).
  { intros i Hi. apply ex_lim_seq_cauchy_corr. intros eps.
    destruct (proj2 (is_lim_seq_spec _ _) (small i Hi) (pos_div_2 eps)) as [N HN].
    simpl in HN. exists N. intros m p Hm Hp.
    assert (E := HN N (le_n N)).
    assert (T : forall m', (N <= m')%nat -> Rabs (u m' i - u N i) < eps / 2).
    { intros m' Hm'. replace m' with (N + (m' - N))%nat by lia.
      apply Rle_lt_trans with (1 := tail N (m' - N)%nat i Hi).
      apply Rle_lt_trans with (1 := Rle_abs _). rewrite Rminus_0_r in E. exact E. }
    replace (u m i - u p i) with ((u m i - u N i) + - (u p i - u N i)) by ring.
    apply Rle_lt_trans with (1 := Rabs_triang _ _). rewrite Rabs_Ropp.
    assert (A1 := T m Hm). assert (A2 := T p Hp). simpl in *. lra. }
  destruct (finite_choice R 0 n _ limits) as [x Hx].
  assert (Bx : in_box n lo hi x).
  { intros i Hi. split.
    - apply (is_lim_seq_le (fun _ => lo i) (fun m => u m i) (lo i) (x i));
        [intros m; apply Bu, Hi | apply is_lim_seq_const | auto].
    - apply (is_lim_seq_le (fun m => u m i) (fun _ => hi i) (x i) (hi i));
        [intros m; apply Bu, Hi | auto | apply is_lim_seq_const]. }
  assert (near : forall m i, (i < n)%nat ->
    Rabs (x i - u m i) <= t * q ^ m * / (1 - q) * w i).
  { intros m i Hi.
    assert (L : is_lim_seq (fun p => Rabs (u (m + p)%nat i - u m i)) (Rabs (x i - u m i))).
    { apply (is_lim_seq_abs _ (Finite (x i - u m i))). 
      apply is_lim_seq_minus'; [| apply is_lim_seq_const].
      apply is_lim_seq_ext with (fun p => u (p + m)%nat i); [intros p; now rewrite Nat.add_comm |].
      apply (is_lim_seq_incr_n (fun p => u p i) m). auto. }
    assert (K := is_lim_seq_le _ _ _ _ (fun p => tail m p i Hi) L (is_lim_seq_const _)).
    simpl in K. lra. }
  exists x. split; [exact Bx |]. intros i Hi.
  assert (L : is_lim_seq (fun m => u (S m) i) (G x i)).
  { apply is_lim_seq_ext with (fun m => G x i - (G x i - u (S m) i)); [intros; ring |].
    replace (G x i) with (G x i - 0) at 1 by ring. 
    apply is_lim_seq_minus'; [apply is_lim_seq_const |].
    apply is_lim_seq_abs_0.
    apply is_lim_seq_le_le with (fun _ => 0) (fun m => t * q ^ m * w i * / (1 - q)); auto.
    - intros m. split; [apply Rabs_pos |]. change (u (S m)) with (G (u m)).
      assert (W := weight i Hi). assert (0 <= q ^ m) by (apply pow_le; lra).
      assert (0 <= t * q ^ m * / (1 - q)).
      { repeat apply Rmult_le_pos; try lra. left. apply Rinv_0_lt_compat. lra. }
      apply Rle_trans with (q * (t * q ^ m * / (1 - q)) * w i).
      + apply contracts; auto.
      + replace (t * q ^ m * w i * / (1 - q)) with (1 * (t * q ^ m * / (1 - q)) * w i) by ring.
        apply Rmult_le_compat_r; [lra |]. apply Rmult_le_compat_r; lra.
    - apply is_lim_seq_const. }
  assert (L' := Hx i Hi). apply (is_lim_seq_incr_1 (fun m => u m i)) in L'.
  apply is_lim_seq_unique in L. apply is_lim_seq_unique in L'. 
  rewrite L in L'. now injection L'.
Qed.

End Contraction.

(** ** Linear algebra: a map of R^n onto R^n is one to one *)

(** A homogeneous system of n equations in n + 1 unknowns has a solution other than 0. *)
Lemma homogeneous n : forall A : nat -> vec,
  exists c : vec, (exists j, (j <= n)%nat /\ c j <> 0) /\
    forall i, (i < n)%nat -> sum (S n) (fun j => A i j * c j) = 0.
Proof.
  induction n as [| n IH]; intros A.
  - exists (fun _ => 1). split; [exists O; split; [lia | lra] | intros; lia].
  - assert (E : (exists k, (k <= S n)%nat /\ A n k <> 0)
      \/ forall k, (k <= S n)%nat -> A n k = 0).
    { clear IH. generalize (S n) as m. induction m as [| m IH].
      - destruct (Req_dec (A n O) 0) as [Z | Z].
        + right. intros k Hk. now replace k with O by lia.
        + left. exists O. auto.
      - destruct IH as [[k [Hk Z]] | Z].
        + left. exists k. split; [lia | exact Z].
        + destruct (Req_dec (A n (S m)) 0) as [Z' | Z'].
          * right. intros k Hk. destruct (Nat.eq_dec k (S m)) as [-> | N]; auto.
            apply Z. lia.
          * left. exists (S m). auto. }
    destruct E as [[k [Hk Z]] | Z].
    + destruct (IH (fun i j => A i (skip k j) - A i k / A n k * A n (skip k j)))
        as [c [[j0 [Hj0 Hc]] Hs]].
      set (p := - sum (S n) (fun j => A n (skip k j) * c j) / A n k).
      set (C := fun j => if (j <? k)%nat then c j else
        if Nat.eq_dec j k then p else c (pred j)).
      assert (Ck : C k = p).
      { unfold C. rewrite Nat.ltb_irrefl. destruct (Nat.eq_dec k k); [reflexivity | lia]. }
      assert (Cs : forall j, C (skip k j) = c j).
      { intros j. unfold C, skip. destruct (Nat.ltb_spec j k) as [L | L].
        - destruct (Nat.ltb_spec j k); [reflexivity | lia].
        - destruct (Nat.ltb_spec (S j) k); [lia |].
          destruct (Nat.eq_dec (S j) k); [lia | reflexivity]. }
      exists C. split.
      * exists (skip k j0). split; [unfold skip; destruct (j0 <? k)%nat; lia | now rewrite Cs].
      * intros i Hi. rewrite (sum_take (S n) k) by lia. rewrite Ck.
        rewrite (sum_ext (S n) _ (fun j => A i (skip k j) * c j))
          by (intros; now rewrite Cs).
        destruct (Nat.eq_dec i n) as [-> | Hne].
        { unfold p. field. exact Z. }
        assert (Hi' : (i < n)%nat) by lia. specialize (Hs i Hi').
        rewrite (sum_ext (S n) _ (fun j => A i (skip k j) * c j
          - A i k / A n k * (A n (skip k j) * c j))) in Hs by (intros; ring).
        rewrite sum_minus, sum_scal in Hs.
        replace (sum (S n) (fun j => A i (skip k j) * c j))
          with (A i k / A n k * sum (S n) (fun j => A n (skip k j) * c j)) by lra.
        unfold p. field. exact Z.
    + destruct (IH A) as [c [[j0 [Hj0 Hc]] Hs]].
      exists (fun j => if Nat.eq_dec j (S n) then 0 else c j). split.
      * exists j0. split; [lia |]. destruct (Nat.eq_dec j0 (S n)); [lia | exact Hc].
      * intros i Hi. destruct (Nat.eq_dec i n) as [-> | Hne].
        { apply sum_zero. intros j Hj. rewrite Z by lia. ring. }
        change (sum (S n) (fun j => A i j * (if Nat.eq_dec j (S n) then 0 else c j))
          + A i (S n) * (if Nat.eq_dec (S n) (S n) then 0 else c (S n)) = 0).
        destruct (Nat.eq_dec (S n) (S n)) as [_ | N]; [| lia].
        rewrite (sum_ext (S n) _ (fun j => A i j * c j)).
        { rewrite Hs by lia. ring. }
        intros j Hj. destruct (Nat.eq_dec j (S n)); [lia | reflexivity].
Qed.

Lemma onto_injective n (c : nat -> vec) :
  (forall z : vec, exists y : vec, forall i, (i < n)%nat -> mul_vec n c y i = z i) ->
  forall y : vec, (forall i, (i < n)%nat -> mul_vec n c y i = 0) ->
  forall i, (i < n)%nat -> y i = 0.
Proof.
  intros onto y Hy.
  destruct (finite_choice vec (fun _ => 0) n
    (fun j b => forall i, (i < n)%nat -> mul_vec n c b i = unit_matrix j i)) as [b Hb].
  { intros j _. destruct (onto (unit_matrix j)) as [b H]. exists b. exact H. }
  (* The n + 1 vectors b_0, …, b_(n−1), y of R^n are linearly dependent. *)
  destruct (homogeneous n (fun i j => if Nat.eq_dec j n then y i else b j i))
    as [l [[j0 [Hj0 Hl]] Hs]].
  assert (S1 : forall i, (i < n)%nat -> sum n (fun j => l j * b j i) + l n * y i = 0).
  { intros i Hi. specialize (Hs i Hi). cbn [sum] in Hs.
    destruct (Nat.eq_dec n n) as [_ | N]; [| lia].
    rewrite (sum_ext n _ (fun j => l j * b j i)) in Hs; [lra |].
    intros j Hj. destruct (Nat.eq_dec j n); [lia | ring]. }
  assert (S2 : forall i, (i < n)%nat -> l i = 0).
  { intros i Hi.
    assert (E : mul_vec n c (fun r => sum n (fun j => l j * b j r) + l n * y r) i = 0).
    { apply sum_zero. intros r Hr. rewrite S1 by auto. ring. }
    unfold mul_vec in E.
    rewrite (sum_ext n _ (fun r => sum n (fun j => l j * (c i r * b j r))
      + l n * (c i r * y r))) in E.
    2:{ intros r _. rewrite Rmult_plus_distr_l, <- sum_scal.
        f_equal; [apply sum_ext; intros; ring | ring]. }
    rewrite sum_plus, sum_scal, sum_swap in E.
    fold (mul_vec n c y i) in E. rewrite Hy in E by auto.
    rewrite (sum_ext n _ (fun j => unit_matrix i j * l j)) in E.
    - rewrite sum_unit in E by auto. lra.
    - intros j Hj. rewrite sum_scal. specialize (Hb j Hj i Hi). unfold mul_vec in Hb.
      rewrite Hb. unfold unit_matrix.
      destruct (Nat.eq_dec j i), (Nat.eq_dec i j); try lia; ring. }
  assert (j0 = n).
  { destruct (Nat.eq_dec j0 n); auto. elim Hl. apply S2. lia. }
  subst j0. intros i Hi. specialize (S1 i Hi).
  rewrite sum_zero in S1 by (intros j Hj; rewrite S2 by auto; ring).
  apply (Rmult_eq_reg_l (l n)); [lra | exact Hl].
Qed.

(** ** Krawczyk's test *)

Section Krawczyk.

Variables (n : nat) (lo hi : vec) (F : vec -> vec) (DF : vec -> nat -> vec).
Variables (jlo jhi c : nat -> vec) (x0 : vec).

(** Only the first n components of the argument count. *)
Hypothesis local : forall x y, (forall i, (i < n)%nat -> x i = y i) ->
  forall i, (i < n)%nat -> F x i = F y i.
(** Partial derivatives in the box, enclosed by the interval matrix [jlo, jhi]. *)
Hypothesis partials : forall x i j, in_box n lo hi x -> (i < n)%nat -> (j < n)%nat ->
  is_derive (fun t => F (upd x j t) i) (x j) (DF x i j).
Hypothesis enclosed : forall x, in_box n lo hi x -> in_matrix n jlo jhi (DF x).

(** The mean value theorem, component by component and coordinate by coordinate. *)
Lemma mean_value x y : in_box n lo hi x -> in_box n lo hi y ->
  exists d, in_matrix n jlo jhi d /\
    forall i, (i < n)%nat ->
    F y i - F x i = mul_vec n d (fun j => y j - x j) i.
Proof.
  intros Bx By.
  set (z := fun m : nat => (fun i => if (i <? m)%nat then y i else x i) : vec).
  assert (step : forall i j, (i < n)%nat -> (j < n)%nat -> exists d,
    jlo i j <= d <= jhi i j /\ F (z (S j)) i - F (z j) i = d * (y j - x j)).
  { intros i j Hi Hj.
    set (f := fun t => F (upd (z j) j t) i).
    assert (Ey : upd (z j) j (y j) = z (S j)).
    { apply functional_extensionality. intros r. unfold upd, z.
      destruct (Nat.eq_dec r j) as [-> | Hr].
      - destruct (Nat.ltb_spec j (S j)); [reflexivity | lia].
      - destruct (Nat.ltb_spec r j), (Nat.ltb_spec r (S j)); try reflexivity; lia. }
    assert (Ex : upd (z j) j (x j) = z j).
    { apply functional_extensionality. intros r. unfold upd, z.
      destruct (Nat.eq_dec r j) as [-> | Hr]; [| reflexivity].
      destruct (Nat.ltb_spec j j); [lia | reflexivity]. }
    assert (B : forall t, Rmin (x j) (y j) <= t <= Rmax (x j) (y j) ->
      in_box n lo hi (upd (z j) j t)).
    { intros t Ht r Hr. unfold upd, z. destruct (Nat.eq_dec r j) as [-> | N].
      - assert (P := Bx j Hj). assert (Q := By j Hj). revert Ht.
        apply Rmin_case; apply Rmax_case; intros; lra.
      - destruct (r <? j)%nat; auto. }
    assert (D : forall t, Rmin (x j) (y j) <= t <= Rmax (x j) (y j) ->
      is_derive f t (DF (upd (z j) j t) i j)).
    { intros t Ht. assert (P := partials _ i j (B t Ht) Hi Hj).
      assert (Ej : upd (z j) j t j = t).
      { unfold upd. destruct (Nat.eq_dec j j); [reflexivity | lia]. }
      rewrite Ej in P.
      apply is_derive_ext with (2 := P). intros u. unfold f. f_equal.
      apply functional_extensionality. intros r. unfold upd.
      destruct (Nat.eq_dec r j); reflexivity. }
    destruct (MVT_gen f (x j) (y j) (fun t => DF (upd (z j) j t) i j)) as [t [Ht E]].
    - intros t Ht. apply D. lra.
    - intros t Ht. apply continuity_pt_filterlim.
      apply (ex_derive_continuous (V := R_NormedModule)). eexists. apply D. exact Ht.
    - exists (DF (upd (z j) j t) i j). split; [apply enclosed; auto |].
      unfold f in E. rewrite Ey, Ex in E. exact E. }
  assert (rows : forall i, (i < n)%nat -> exists row : vec, forall j, (j < n)%nat ->
    jlo i j <= row j <= jhi i j /\ F (z (S j)) i - F (z j) i = row j * (y j - x j)).
  { intros i Hi. apply (finite_choice R 0 n (fun j d => jlo i j <= d <= jhi i j /\
      F (z (S j)) i - F (z j) i = d * (y j - x j))). auto. }
  destruct (finite_choice vec (fun _ => 0) n _ rows) as [d Hd].
  exists d. split; [intros i j Hi Hj; now apply Hd |].
  intros i Hi.
  assert (T : forall m, (m <= n)%nat ->
    F (z m) i - F x i = sum m (fun j => d i j * (y j - x j))).
  { induction m as [| m IH]; intros Hm.
    - replace (z O) with x; [simpl; ring |].
      apply functional_extensionality. reflexivity.
    - cbn [sum]. rewrite <- IH by lia. destruct (Hd i Hi m) as [_ E]; [lia |].
      rewrite <- E. ring. }
  unfold mul_vec. rewrite <- T by lia. f_equal. apply local; auto.
  intros r Hr. unfold z. destruct (Nat.ltb_spec r n); [reflexivity | lia].
Qed.

(** x0 − C F(x0) + (I − C J)(X − x0) lies in the interior of X: for every matrix in J and
    every point of X. (An interval enclosure of the left side that lies there is enough.) *)
Definition krawczyk_test : Prop :=
  in_box n lo hi x0 /\
  forall d x, in_matrix n jlo jhi d -> in_box n lo hi x ->
    in_interior n lo hi (fun i =>
      x0 i - mul_vec n c (F x0) i + mul_vec n (defect n c d) (fun j => x j - x0 j) i).

Hypothesis test : krawczyk_test.

Lemma width i : (i < n)%nat -> 0 < hi i - lo i.
Proof.
  intros Hi. destruct test as [B T].
  destruct (T (DF x0) x0 (enclosed _ B) B i Hi). lra.
Qed.

(** A matrix of J at which the entry (i, j) of I − C D is largest in absolute value:
    column j of D decides. *)
Definition extreme (up : bool) (i l j : nat) : R :=
  if Rle_dec 0 (c i l) then (if up then jhi l j else jlo l j)
  else (if up then jlo l j else jhi l j).

Lemma extreme_in up i : in_matrix n jlo jhi (extreme up i).
Proof.
  intros l j Hl Hj. destruct test as [B _]. assert (E := enclosed _ B l j Hl Hj).
  unfold extreme. destruct (Rle_dec 0 (c i l)), up; lra.
Qed.

Definition bound (i j : nat) : R :=
  Rmax (Rabs (defect n c (extreme true i) i j)) (Rabs (defect n c (extreme false i) i j)).

Lemma bound_defect d i j : in_matrix n jlo jhi d -> (i < n)%nat -> (j < n)%nat ->
  Rabs (defect n c d i j) <= bound i j.
Proof.
  intros Hd Hi Hj.
  assert (L : defect n c (extreme true i) i j <= defect n c d i j
    <= defect n c (extreme false i) i j).
  { unfold defect. split; apply Rplus_le_compat_l, Ropp_le_contravar, sum_le;
      intros l Hl; specialize (Hd l j Hl Hj); unfold extreme; destruct (Rle_dec 0 (c i l));
      nra. }
  unfold bound. revert L. apply Rmax_case_strong; unfold Rabs;
    repeat destruct Rcase_abs; intros; lra.
Qed.

Lemma bound_attained i j : exists b, bound i j = Rabs (defect n c (extreme b i) i j).
Proof. unfold bound. apply Rmax_case; eauto. Qed.

Lemma bound_width i : (i < n)%nat ->
  sum n (fun j => bound i j * (hi j - lo j)) < hi i - lo i.
Proof.
  intros Hi. destruct test as [B T].
  destruct (finite_choice bool true n
    (fun j b => bound i j = Rabs (defect n c (extreme b i) i j))) as [b Hb].
  { intros j _. apply bound_attained. }
  set (d := fun l j => extreme (b j) i l j).
  assert (Hd : in_matrix n jlo jhi d).
  { intros l j Hl Hj. now apply (extreme_in (b j) i l j). }
  assert (Ed : forall j, (j < n)%nat -> bound i j = Rabs (defect n c d i j)).
  { intros j Hj. now rewrite Hb. }
  set (u := fun j => if Rle_dec 0 (defect n c d i j) then hi j else lo j).
  set (v := fun j => if Rle_dec 0 (defect n c d i j) then lo j else hi j).
  assert (Bu : in_box n lo hi u).
  { intros j Hj. specialize (B j Hj). unfold u. destruct Rle_dec; lra. }
  assert (Bv : in_box n lo hi v).
  { intros j Hj. specialize (B j Hj). unfold v. destruct Rle_dec; lra. }
  assert (Tu := T d u Hd Bu i Hi). assert (Tv := T d v Hd Bv i Hi). cbv beta in Tu, Tv.
  replace (sum n (fun j => bound i j * (hi j - lo j)))
    with (mul_vec n (defect n c d) (fun j => u j - x0 j) i
      - mul_vec n (defect n c d) (fun j => v j - x0 j) i); [lra |].
  unfold mul_vec. rewrite <- sum_minus. apply sum_ext. intros j Hj. rewrite Ed by auto.
  unfold u, v. destruct Rle_dec as [P | P].
  - rewrite Rabs_pos_eq by exact P. ring.
  - rewrite Rabs_left by lra. ring.
Qed.

Lemma rate_exists : exists q, 0 <= q < 1 /\
  forall i, (i < n)%nat -> sum n (fun j => bound i j * (hi j - lo j)) <= q * (hi i - lo i).
Proof.
  destruct (finite_bound n
    (fun i => sum n (fun j => bound i j * (hi j - lo j)) / (hi i - lo i))) as [q [Hq H]].
  - intros i Hi. assert (W := width i Hi). apply Rmult_lt_reg_r with (hi i - lo i); auto.
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra.
    now apply bound_width.
  - exists q. split; auto. intros i Hi. assert (W := width i Hi). specialize (H i Hi).
    apply Rmult_le_compat_r with (r := hi i - lo i) in H; [| lra].
    unfold Rdiv in H. now rewrite Rmult_assoc, Rinv_l, Rmult_1_r in H by lra.
Qed.

Lemma defect_contracts q d v t :
  (forall i, (i < n)%nat -> sum n (fun j => bound i j * (hi j - lo j)) <= q * (hi i - lo i)) ->
  in_matrix n jlo jhi d -> 0 <= t ->
  (forall j, (j < n)%nat -> Rabs (v j) <= t * (hi j - lo j)) ->
  forall i, (i < n)%nat -> Rabs (mul_vec n (defect n c d) v i) <= q * t * (hi i - lo i).
Proof.
  intros H Hd Ht Hv i Hi.
  apply Rle_trans with (t * sum n (fun j => bound i j * (hi j - lo j))).
  - unfold mul_vec. apply Rle_trans with (1 := sum_abs _ _).
    rewrite <- sum_scal. apply sum_le. intros j Hj. rewrite Rabs_mult.
    replace (t * (bound i j * (hi j - lo j))) with (bound i j * (t * (hi j - lo j))) by ring.
    apply Rmult_le_compat; auto using Rabs_pos, bound_defect.
  - replace (q * t * (hi i - lo i)) with (t * (q * (hi i - lo i))) by ring.
    apply Rmult_le_compat_l; auto.
Qed.

(** C is not singular: v ↦ (I − C D) v + z is a contraction for every D in J and z, so
    that C D is onto. *)
Lemma preconditioner_injective y :
  (forall i, (i < n)%nat -> mul_vec n c y i = 0) -> forall i, (i < n)%nat -> y i = 0.
Proof.
  apply onto_injective. intros z.
  destruct rate_exists as [q [Hq H]]. destruct test as [B _].
  set (d := DF x0). assert (Hd : in_matrix n jlo jhi d) by now apply enclosed.
  set (w := fun i => hi i - lo i).
  assert (W : forall i, (i < n)%nat -> 0 < w i) by (intros; now apply width).
  set (G := fun v : vec => (fun i => mul_vec n (defect n c d) v i + z i) : vec).
  (* a box that G maps into itself: |v i| ≤ r w i *)
  destruct (distance n w W z (fun _ => 0)) as [r [Hr Hz]].
  set (r' := r / (1 - q)).
  assert (Hr' : r' * (1 - q) = r) by (unfold r'; field; lra).
  assert (Hr0 : 0 <= r').
  { unfold r', Rdiv. apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra]. }
  destruct (fixed_point_exists n (fun i => - (r' * w i)) (fun i => r' * w i) w G q W Hq)
    with (x0 := fun _ : nat => 0) as [v [Bv Fv]].
  - intros v Bv i Hi.
    assert (E : Rabs (mul_vec n (defect n c d) v i) <= q * r' * w i).
    { apply (defect_contracts q); auto. intros j Hj. specialize (Bv j Hj).
      apply Rabs_le. exact Bv. }
    specialize (Hz i Hi). rewrite Rminus_0_r in Hz.
    apply Rabs_le_between. unfold G. apply Rle_trans with (1 := Rabs_triang _ _).
    assert (r' * w i = q * r' * w i + r * w i) by (rewrite <- Hr'; ring). lra.
  - intros v u t Ht Bv Bu Hvu i Hi. unfold G.
    replace (mul_vec n (defect n c d) v i + z i - (mul_vec n (defect n c d) u i + z i))
      with (mul_vec n (defect n c d) (fun j => v j - u j) i).
    + apply (defect_contracts q); auto.
    + unfold mul_vec. rewrite (sum_ext n _ (fun j => defect n c d i j * v j
        - defect n c d i j * u j)) by (intros; ring). rewrite sum_minus. ring.
  - intros i Hi. assert (0 <= r' * w i) by (apply Rmult_le_pos; auto; left; auto). lra.
  - exists (mul_vec n d v). intros i Hi. specialize (Fv i Hi). unfold G in Fv.
    rewrite defect_mul in Fv by auto. lra.
Qed.

(** *** Krawczyk's theorem: exactly one zero in the box *)
Theorem krawczyk :
  exists x, in_box n lo hi x /\ (forall i, (i < n)%nat -> F x i = 0) /\
    forall y, in_box n lo hi y -> (forall i, (i < n)%nat -> F y i = 0) ->
    forall i, (i < n)%nat -> y i = x i.
Proof.
  destruct rate_exists as [q [Hq H]]. destruct test as [B T].
  set (w := fun i => hi i - lo i).
  assert (W : forall i, (i < n)%nat -> 0 < w i) by (intros; now apply width).
  set (G := fun x : vec => (fun i => x i - mul_vec n c (F x) i) : vec).
  assert (slope : forall x y d, in_matrix n jlo jhi d ->
    (forall i, (i < n)%nat -> F y i - F x i = mul_vec n d (fun j => y j - x j) i) ->
    forall i, (i < n)%nat ->
      G y i = G x i + mul_vec n (defect n c d) (fun j => y j - x j) i).
  { intros x y d Hd E i Hi. rewrite defect_mul by auto. unfold G.
    replace (mul_vec n c (mul_vec n d (fun j => y j - x j)) i)
      with (mul_vec n c (F y) i - mul_vec n c (F x) i); [ring |].
    unfold mul_vec at 1 2 3. rewrite <- sum_minus. apply sum_ext. intros j Hj.
    rewrite <- E by auto. ring. }
  assert (maps : forall x, in_box n lo hi x -> in_box n lo hi (G x)).
  { intros x Bx i Hi. destruct (mean_value x0 x B Bx) as [d [Hd E]].
    rewrite (slope x0 x d Hd E) by auto.
    assert (P := T d x Hd Bx i Hi). cbv beta in P. unfold G. lra. }
  assert (contracts : forall x y t, 0 <= t -> in_box n lo hi x -> in_box n lo hi y ->
    (forall i, (i < n)%nat -> Rabs (x i - y i) <= t * w i) ->
    forall i, (i < n)%nat -> Rabs (G x i - G y i) <= q * t * w i).
  { intros x y t Ht Bx By D i Hi. destruct (mean_value y x By Bx) as [d [Hd E]].
    rewrite (slope y x d Hd E) by auto.
    replace (G y i + mul_vec n (defect n c d) (fun j => x j - y j) i - G y i)
      with (mul_vec n (defect n c d) (fun j => x j - y j) i) by ring.
    now apply (defect_contracts q). }
  destruct (fixed_point_exists n lo hi w G q W Hq maps contracts x0 B) as [x [Bx Fx]].
  exists x. split; [exact Bx |]. split.
  - apply preconditioner_injective. intros i Hi. specialize (Fx i Hi). unfold G in Fx. lra.
  - intros y By Fy. apply (fixed_point_unique n lo hi w G q W Hq contracts y x By Bx); auto.
    intros i Hi. unfold G. unfold mul_vec. rewrite sum_zero; [ring |].
    intros j Hj. rewrite Fy by auto. ring.
Qed.

End Krawczyk.
