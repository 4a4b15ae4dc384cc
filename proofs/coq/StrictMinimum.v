(** A critical point with positive definite Hessian is a strict local minimum.

    The directions of supremum norm 1 form a compact set, on which the Hessian is
    positive, also at all points near the critical one; along the segment to a
    nearby student the loss therefore has a positive second derivative and, at the
    critical point, first derivative 0. *)

From Coq Require Import Reals Lra Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From CopyAvg Require Import Sums MeanValue Kernel SecondDerivative CopyAverage
  CopyAverageHessian Stability MinimumOrSaddle NoMinimum Continuity.
Open Scope R_scope.

(** Students that differ from (a, w) in a weight that counts. *)
Definition differs (n d : nat) (a a' : nat -> R) (w w' : nat -> vector) : Prop :=
  moves n d (fun i => a' i - a i) (fun i q => w' i q - w i q).

Definition strict_local_minimum (n k d : nat) (a : nat -> R) (w : nat -> vector) : Prop :=
  exists eps, 0 < eps /\ forall a' w', near n d eps a a' w w' -> differs n d a a' w w' ->
    loss n k d a w < loss n k d a' w'.

Definition critical (n k d : nat) (a : nat -> R) (w : nat -> vector) : Prop :=
  forall da dw, is_derive (fun t => loss n k d (move_a a da t) (move_w w dw t)) 0 0.

(** ** Compactness of the cube *)

Section Compactness.

Lemma cover_interval : forall G : R -> R -> Prop,
  (forall del del' t, 0 < del' <= del -> G del t -> G del' t) ->
  (forall t, -1 <= t <= 1 -> exists del, 0 < del /\ forall t', Rabs (t' - t) < del -> G del t') ->
  exists del, 0 < del /\ forall t, -1 <= t <= 1 -> G del t.
Proof.
  intros G Hmono Hloc.
  set (E := fun x => -1 <= x <= 1 /\ exists del, 0 < del /\ forall t, -1 <= t <= x -> G del t).
  assert (Hstart : E (-1)).
  { split; [lra|]. destruct (Hloc (-1) ltac:(lra)) as [del [Hd HG]].
    exists del. split; [exact Hd|]. intros t Ht. apply HG. apply Rabs_def1; lra. }
  assert (Hb : bound E) by (exists 1; intros x [Hx _]; lra).
  destruct (completeness E Hb (ex_intro _ _ Hstart)) as [m [Hub Hlub]].
  assert (Hm1 : -1 <= m) by (apply Hub, Hstart).
  assert (Hm2 : m <= 1) by (apply Hlub; intros x [Hx _]; lra).
  destruct (Hloc m ltac:(lra)) as [dm [Hdm HG]].
  (* some point of E lies beyond m - dm *)
  assert (Hex : exists x, E x /\ m - dm < x).
  { apply Classical_Prop.NNPP. intros Hn.
    assert (Hm : m <= m - dm); [|lra].
    apply Hlub. intros x Hx. apply Rnot_lt_le. intros Hlt. apply Hn. exists x. tauto. }
  destruct Hex as [x [[Hx [dx [Hdx HGx]]] Hxm]].
  set (y := Rmin 1 (m + dm / 2)).
  assert (Hy : E y).
  { split.
    - unfold y. split; [apply Rmin_glb; lra | apply Rmin_l].
    - exists (Rmin dx dm). split; [apply Rmin_glb_lt; assumption|].
      intros t Ht. assert (Hty : t <= m + dm / 2).
      { apply Rle_trans with (1 := proj2 Ht). apply Rmin_r. }
      destruct (Rle_lt_dec t x) as [Htx|Htx].
      + apply Hmono with dx; [|apply HGx; lra].
        split; [apply Rmin_glb_lt; assumption | apply Rmin_l].
      + apply Hmono with dm; [|apply HG, Rabs_def1; lra].
        split; [apply Rmin_glb_lt; assumption | apply Rmin_r]. }
  assert (Hym : y <= m) by (apply Hub, Hy).
  assert (Ey : y = 1).
  { unfold y in *. unfold Rmin in *. destruct (Rle_dec 1 (m + dm / 2)); lra. }
  rewrite Ey in Hy. destruct Hy as [_ [del [Hd HGd]]]. exists del. split; assumption.
Qed.

Definition update (v : nat -> R) (N : nat) (t : R) : nat -> R :=
  fun m => if Nat.eqb m N then t else v m.

(** If every point of the cube [-1, 1]^N has a neighbourhood on which G holds for
    some del, one del serves for the whole cube. *)
Lemma cover_cube : forall N (G : R -> (nat -> R) -> Prop),
  (forall del del' v, 0 < del' <= del -> G del v -> G del' v) ->
  (forall v, (forall m, (m < N)%nat -> -1 <= v m <= 1) -> exists del, 0 < del /\
     forall v', (forall m, (m < N)%nat -> Rabs (v' m - v m) < del) -> G del v') ->
  exists del, 0 < del /\
    forall v, (forall m, (m < N)%nat -> -1 <= v m <= 1) -> G del v.
Proof.
  induction N as [|N IH]; intros G Hmono Hloc.
  - destruct (Hloc (fun _ => 0)) as [del [Hd HG]]; [intros; lia|].
    exists del. split; [exact Hd|]. intros v _. apply HG. intros; lia.
  - set (G1 := fun del t => forall v, (forall m, (m < N)%nat -> -1 <= v m <= 1) ->
                  G del (update v N t)).
    destruct (cover_interval G1) as [del [Hd HG]].
    + intros del del' t Hdel H v Hv. apply Hmono with del; [exact Hdel | apply H, Hv].
    + intros t Ht.
      destruct (IH (fun del v => forall t', Rabs (t' - t) < del -> G del (update v N t')))
        as [del [Hd HG]].
      * intros del del' v Hdel H t' Ht'. apply Hmono with del; [exact Hdel|]. apply H. lra.
      * intros v Hv. destruct (Hloc (update v N t)) as [del [Hd HG]].
        { intros m Hm. unfold update. destruct (Nat.eqb_spec m N); [exact Ht | apply Hv; lia]. }
        exists del. split; [exact Hd|]. intros v' Hv' t' Ht'. apply HG.
        intros m Hm. unfold update. destruct (Nat.eqb_spec m N); [exact Ht' | apply Hv'; lia].
      * exists del. split; [exact Hd|]. intros t' Ht' v Hv. apply HG; assumption.
    + exists del. split; [exact Hd|]. intros v Hv.
      replace v with (update v N (v N)).
      * apply HG; [apply Hv; lia|]. intros m Hm. apply Hv. lia.
      * apply functional_extensionality. intros m. unfold update.
        destruct (Nat.eqb_spec m N); [subst; reflexivity | reflexivity].
Qed.

(** A largest entry. *)
Lemma largest : forall N (v : nat -> R), (1 <= N)%nat ->
  exists m0, (m0 < N)%nat /\ forall m, (m < N)%nat -> Rabs (v m) <= Rabs (v m0).
Proof.
  induction N as [|N IH]; intros v HN; [lia|].
  destruct (Nat.eq_dec N 0) as [->|Hne].
  - exists 0%nat. split; [lia|]. intros m Hm. replace m with 0%nat by lia. lra.
  - destruct (IH v ltac:(lia)) as [m0 [Hm0 Hmax]].
    destruct (Rle_lt_dec (Rabs (v N)) (Rabs (v m0))) as [H|H].
    + exists m0. split; [lia|]. intros m Hm.
      assert (Hc : m = N \/ (m < N)%nat) by lia.
      destruct Hc as [->|Hc]; [exact H | apply Hmax, Hc].
    + exists N. split; [lia|]. intros m Hm.
      assert (Hc : m = N \/ (m < N)%nat) by lia.
      destruct Hc as [->|Hc]; [lra | specialize (Hmax m Hc); lra].
Qed.

End Compactness.

(** ** All weights in one vector *)

Section Minimum.

Variables (n k d : nat) (a : nat -> R) (w : nat -> vector).

Let N : nat := (n + n * d)%nat.

Definition outgoing (v : nat -> R) : nat -> R := v.
Definition incoming (v : nat -> R) : nat -> vector := fun i q => v (n + i * d + q)%nat.
Definition flat (da : nat -> R) (dw : nat -> vector) : nat -> R :=
  fun m => if Nat.ltb m n then da m else dw ((m - n) / d)%nat ((m - n) mod d)%nat.

Lemma outgoing_flat : forall da dw i, (i < n)%nat -> outgoing (flat da dw) i = da i.
Proof.
  intros da dw i Hi. unfold outgoing, flat. apply Nat.ltb_lt in Hi. rewrite Hi. reflexivity.
Qed.

Lemma incoming_flat : forall da dw i q, (i < n)%nat -> (q < d)%nat ->
  incoming (flat da dw) i q = dw i q.
Proof.
  intros da dw i q Hi Hq. unfold incoming, flat.
  replace (Nat.ltb (n + i * d + q) n) with false by (symmetry; apply Nat.ltb_ge; lia).
  replace (n + i * d + q - n)%nat with (q + i * d)%nat by lia.
  rewrite Nat.div_add, Nat.mod_add by lia.
  rewrite Nat.div_small, Nat.mod_small by exact Hq. reflexivity.
Qed.

Lemma incoming_index : forall i q, (i < n)%nat -> (q < d)%nat -> (n + i * d + q < N)%nat.
Proof. intros i q Hi Hq. unfold N. nia. Qed.

(** Every index below N is that of a weight. *)
Lemma index_cases : forall m, (m < N)%nat ->
  (m < n)%nat \/ exists i q, (i < n)%nat /\ (q < d)%nat /\ m = (n + i * d + q)%nat.
Proof.
  intros m Hm. destruct (Nat.lt_ge_cases m n) as [H|H]; [left; exact H | right].
  unfold N in Hm. assert (Hd : d <> 0%nat) by (intros ->; lia).
  exists ((m - n) / d)%nat, ((m - n) mod d)%nat. repeat split.
  - apply Nat.div_lt_upper_bound; [exact Hd|]. nia.
  - apply Nat.mod_upper_bound, Hd.
  - pose proof (Nat.div_mod (m - n) d Hd). nia.
Qed.

Lemma moves_index : forall v m, (m < N)%nat -> v m <> 0 ->
  moves n d (outgoing v) (incoming v).
Proof.
  intros v m Hm Hv. destruct (index_cases m Hm) as [H|[i [q [Hi [Hq ->]]]]].
  - exists m. split; [exact H | left; exact Hv].
  - exists i. split; [exact Hi|]. right. exists q. split; [exact Hq | exact Hv].
Qed.

(** Points near (a, w) together with directions near (da, dw). *)
Definition student : Type := ((nat -> R) * (nat -> vector) * (nat -> R) * (nat -> vector))%type.

Definition nearby (da : nat -> R) (dw : nat -> vector) (P : student -> Prop) : Prop :=
  exists eps, 0 < eps /\ forall a' w' da' dw',
    near n d eps a a' w w' -> near n d eps da da' dw dw' -> P (a', w', da', dw').

Global Instance nearby_filter : forall da dw, Filter (nearby da dw).
Proof.
  intros da dw. constructor.
  - exists 1. split; [lra | auto].
  - intros P Q [e1 [H1 HP]] [e2 [H2 HQ]]. exists (Rmin e1 e2).
    split; [apply Rmin_glb_lt; assumption|].
    assert (Hn : forall x x' y y' e', near n d (Rmin e1 e2) x x' y y' ->
               (e' = e1 \/ e' = e2) -> near n d e' x x' y y').
    { intros x x' y y' e' H He i Hi. destruct (H i Hi) as [H3 H4].
      assert (Hle : Rmin e1 e2 <= e') by (destruct He as [-> | ->]; [apply Rmin_l | apply Rmin_r]).
      split; [lra|]. intros q Hq. specialize (H4 q Hq). lra. }
    intros a' w' da' dw' Ha Hd. split; [apply HP | apply HQ]; eapply Hn; eauto.
  - intros P Q HPQ [eps [He HP]]. exists eps. split; [exact He|].
    intros. apply HPQ, HP; assumption.
Qed.

Lemma near_tends : forall da dw (f : student -> R) l,
  (forall eps, 0 < eps -> nearby da dw (fun t => Rabs (f t - l) < eps)) ->
  tends student (nearby da dw) f l.
Proof.
  intros da dw f l H P [eps HP]. destruct (H eps (cond_pos eps)) as [e' [He H']].
  exists e'. split; [exact He|]. intros. apply HP. apply H'; assumption.
Qed.

Hypothesis Hpd : positive_definite n k d a w.

Lemma positive_nearby : forall da dw, moves n d da dw ->
  exists eps, 0 < eps /\ forall a' w' da' dw',
    near n d eps a a' w w' -> near n d eps da da' dw dw' -> 0 < hessian n k d a' w' da' dw'.
Proof.
  intros da dw Hm.
  assert (Ht : tends student (nearby da dw)
     (fun t => let '(a', w', da', dw') := t in hessian n k d a' w' da' dw')
     (hessian n k d a w da dw)).
  { apply (filterlim_ext (fun t : student => hessian n k d (fst (fst (fst t))) (snd (fst (fst t)))
                                     (snd (fst t)) (snd t))).
    { intros [[[a' w'] da'] dw']. reflexivity. }
    apply (tends_hessian student (nearby da dw) n k d (fun t => fst (fst (fst t)))
             (fun t => snd (fst t)) (fun t => snd (fst (fst t))) (fun t => snd t));
      intros i Hi.
    - apply near_tends. intros eps He. exists eps. split; [exact He|].
      intros a' w' da' dw' H1 H2. apply (H1 i Hi).
    - apply near_tends. intros eps He. exists eps. split; [exact He|].
      intros a' w' da' dw' H1 H2. apply (H2 i Hi).
    - unfold vtends. intros q Hq. apply near_tends. intros eps He. exists eps.
      split; [exact He|]. intros a' w' da' dw' H1 H2. apply (H1 i Hi). exact Hq.
    - unfold vtends. intros q Hq. apply near_tends. intros eps He. exists eps.
      split; [exact He|]. intros a' w' da' dw' H1 H2. apply (H2 i Hi). exact Hq. }
  destruct (tends_positive student (nearby da dw) _ _ Ht (Hpd da dw Hm)) as [eps [He H]].
  exists eps. split; [exact He|]. intros a' w' da' dw' H1 H2.
  exact (H a' w' da' dw' H1 H2).
Qed.

(** One radius for all directions of supremum norm 1. *)
Lemma uniform_radius : exists del, 0 < del /\
  forall v, (forall m, (m < N)%nat -> -1 <= v m <= 1) ->
    (exists m, (m < N)%nat /\ Rabs (v m) = 1) ->
    forall a' w', near n d del a a' w w' ->
      0 < hessian n k d a' w' (outgoing v) (incoming v).
Proof.
  apply (cover_cube N (fun del v => (exists m, (m < N)%nat /\ Rabs (v m) = 1) ->
    forall a' w', near n d del a a' w w' ->
      0 < hessian n k d a' w' (outgoing v) (incoming v))).
  - intros del del' v Hdel H Hv a' w' Hn. apply (H Hv).
    intros i Hi. destruct (Hn i Hi) as [H1 H2]. split; [lra|].
    intros q Hq. specialize (H2 q Hq). lra.
  - intros v Hv.
    destruct (Classical_Prop.classic (exists m, (m < N)%nat /\ v m <> 0)) as [[m [Hm Hvm]]|Hz].
    + destruct (positive_nearby (outgoing v) (incoming v) (moves_index v m Hm Hvm))
        as [eps [He Hpos]].
      exists eps. split; [exact He|]. intros v' Hv' _ a' w' Hn. apply Hpos; [exact Hn|].
      intros i Hi. split.
      * apply Hv'. unfold N. lia.
      * intros q Hq. apply Hv'. apply incoming_index; assumption.
    + exists (1 / 2). split; [lra|]. intros v' Hv' [m [Hm Hm1]]. exfalso.
      assert (H0 : v m = 0).
      { apply Classical_Prop.NNPP. intros Hne. apply Hz. exists m. tauto. }
      specialize (Hv' m Hm). rewrite H0, Rminus_0_r in Hv'. lra.
Qed.

Hypothesis Hcrit : critical n k d a w.

Lemma loss_ext : forall a1 a2 w1 w2,
  (k <= d)%nat ->
  (forall i, (i < n)%nat -> a1 i = a2 i) ->
  (forall i q, (i < n)%nat -> (q < d)%nat -> w1 i q = w2 i q) ->
  loss n k d a1 w1 = loss n k d a2 w2.
Proof.
  intros a1 a2 w1 w2 Hkd Ha Hw.
  assert (Hdot : forall i j, (i < n)%nat -> (j < n)%nat ->
            dot d (w1 i) (w1 j) = dot d (w2 i) (w2 j)).
  { intros i j Hi Hj. apply sum_ext. intros q Hq. rewrite !Hw by assumption. reflexivity. }
  rewrite !loss_closed_form by exact Hkd. do 3 f_equal; [|f_equal].
  - apply sum_ext. intros i Hi. apply sum_ext. intros j Hj. unfold s.
    rewrite !Hdot, !Ha by assumption. reflexivity.
  - apply sum_ext. intros i Hi. apply sum_ext. intros p Hp. unfold s.
    rewrite Hdot, Ha, Hw by (assumption || lia). reflexivity.
Qed.

Lemma strict_minimum : (k <= d)%nat -> strict_local_minimum n k d a w.
Proof.
  intros Hkd. destruct uniform_radius as [del [Hdel Hpos]].
  exists del. split; [exact Hdel|]. intros a' w' Hnear Hdiff.
  set (v := flat (fun i => a' i - a i) (fun i q => w' i q - w i q)).
  assert (HN : (1 <= N)%nat).
  { destruct Hdiff as [i [Hi _]]. unfold N. lia. }
  destruct (largest N v HN) as [m0 [Hm0 Hmax]].
  set (T := Rabs (v m0)).
  assert (Hbig : forall m, (m < N)%nat -> Rabs (v m) < del).
  { intros m Hm. destruct (index_cases m Hm) as [H|[i [q [Hi [Hq ->]]]]].
    - change (v m) with (outgoing v m). unfold v. rewrite outgoing_flat by exact H.
      apply (Hnear m H).
    - change (v (n + i * d + q)%nat) with (incoming v i q). unfold v.
      rewrite incoming_flat by assumption. apply (Hnear i Hi). exact Hq. }
  assert (HT0 : 0 < T).
  { destruct Hdiff as [i [Hi Hm]].
    assert (Hex : exists m, (m < N)%nat /\ v m <> 0).
    { destruct Hm as [Hm|[q [Hq Hm]]].
      - exists i. split; [unfold N; lia|]. change (v i) with (outgoing v i). unfold v.
        rewrite outgoing_flat by exact Hi. exact Hm.
      - exists (n + i * d + q)%nat. split; [apply incoming_index; assumption|].
        change (v (n + i * d + q)%nat) with (incoming v i q). unfold v.
        rewrite incoming_flat by assumption. exact Hm. }
    destruct Hex as [m [Hm' Hv]]. pose proof (Rabs_pos_lt _ Hv).
    specialize (Hmax m Hm'). unfold T. lra. }
  assert (HTd : T < del) by (apply Hbig, Hm0).
  set (u := fun m => v m / T).
  assert (Hu : forall m, (m < N)%nat -> Rabs (u m) <= 1).
  { intros m Hm. unfold u. unfold Rdiv. rewrite Rabs_mult, Rabs_inv, (Rabs_pos_eq T) by lra.
    apply Rle_div_l; [exact HT0|]. rewrite Rmult_1_l. apply Hmax, Hm. }
  set (f := fun t => loss n k d (move_a a (outgoing u) t) (move_w w (incoming u) t)).
  set (f1 := fun t => 2 * sum n (fun i =>
       outgoing u i * residual n k d (move_a a (outgoing u) t) (move_w w (incoming u) t) i
       + move_a a (outgoing u) t i
         * force n k d (move_a a (outgoing u) t) (move_w w (incoming u) t) i (incoming u i))).
  assert (Hf : forall t, is_derive f t (f1 t)) by (intros; apply loss_derivative).
  assert (Hf1 : forall t, is_derive f1 t
     (hessian n k d (move_a a (outgoing u) t) (move_w w (incoming u) t) (outgoing u) (incoming u))).
  { intros t. pose proof (loss_second_derivative n k d a w (outgoing u) (incoming u) t) as H.
    simpl in H. apply (is_derive_ext (Derive f)); [|exact H].
    intros x. apply is_derive_unique, Hf. }
  assert (Hf10 : f1 0 = 0).
  { rewrite <- (is_derive_unique f 0 _ (Hf 0)). apply is_derive_unique.
    apply (Hcrit (outgoing u) (incoming u)). }
  assert (Hh : forall t, 0 <= t <= T -> 0 < hessian n k d (move_a a (outgoing u) t)
      (move_w w (incoming u) t) (outgoing u) (incoming u)).
  { intros t Ht. apply Hpos.
    - intros m Hm. pose proof (Hu m Hm) as H. unfold Rabs in H.
      destruct (Rcase_abs (u m)); lra.
    - exists m0. split; [exact Hm0|]. unfold u, Rdiv.
      rewrite Rabs_mult, Rabs_inv, (Rabs_pos_eq T) by lra. fold T. field. lra.
    - intros i Hi. split.
      + unfold move_a. replace (a i + t * outgoing u i - a i) with (t * u i)
          by (unfold outgoing; ring).
        rewrite Rabs_mult, (Rabs_pos_eq t) by lra.
        pose proof (Hu i ltac:(unfold N; lia)). pose proof (Rabs_pos (u i)). nra.
      + intros q Hq. unfold move_w, line.
        replace (w i q + t * incoming u i q - w i q) with (t * u (n + i * d + q)%nat)
          by (unfold incoming; ring).
        rewrite Rabs_mult, (Rabs_pos_eq t) by lra.
        pose proof (Hu (n + i * d + q)%nat (incoming_index i q Hi Hq)).
        pose proof (Rabs_pos (u (n + i * d + q)%nat)). nra. }
  assert (Hup : forall t, 0 < t <= T -> 0 < f1 t).
  { intros t Ht. rewrite <- Hf10.
    apply (increasing_by_derivative f1 _ 0 t (proj1 Ht) (fun x _ => Hf1 x)).
    intros x Hx. apply Hh. lra. }
  assert (Hlt : f 0 < f T).
  { apply (increasing_by_derivative f f1 0 T HT0 (fun x _ => Hf x)).
    intros x Hx. apply Hup. lra. }
  unfold f in Hlt. rewrite move_a_0, move_w_0 in Hlt.
  replace (loss n k d a' w')
    with (loss n k d (move_a a (outgoing u) T) (move_w w (incoming u) T)); [exact Hlt|].
  apply loss_ext; [exact Hkd | |].
  - intros i Hi. unfold move_a.
    replace (outgoing u i) with (outgoing v i / T) by reflexivity.
    unfold v. rewrite outgoing_flat by exact Hi. field. lra.
  - intros i q Hi Hq. unfold move_w, line.
    replace (incoming u i q) with (incoming v i q / T) by reflexivity.
    unfold v. rewrite incoming_flat by assumption. field. lra.
Qed.

End Minimum.

(** A critical point with positive definite Hessian is a strict local minimum. *)
Theorem positive_definite_strict_minimum : forall n k d a w, (k <= d)%nat ->
  critical n k d a w -> positive_definite n k d a w -> strict_local_minimum n k d a w.
Proof. intros n k d a w Hkd Hc Hp. apply strict_minimum; assumption. Qed.

(** n-1 copies and one average of l >= 1 teachers are a strict local minimum if
    (n-1)(3 + 2 sqrt 3) < B(l) - 1. *)
Theorem copies_and_one_average_strict_minimum : forall n k d b p,
  (k <= d)%nat -> surjection n k b -> (p < n)%nat ->
  (forall i, (i < n)%nat -> i <> p -> bucket_size k b i = 1%nat) ->
  INR (n - 1) * (3 + 2 * sqrt 3) < B (INR (bucket_size k b p)) - 1 ->
  strict_local_minimum n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b p Hkd Hb Hp Hc HB. apply positive_definite_strict_minimum.
  - exact Hkd.
  - intros da dw. apply copy_average_critical; assumption.
  - apply (copies_and_one_average_positive_definite n k d b p); assumption.
Qed.

(** They are none if (n-1)(3 + 2 sqrt 3) > B(l) - 1 and l >= 2. *)
Theorem copies_and_one_average_no_minimum : forall n k d b p,
  (k <= d)%nat -> surjection n k b -> (p < n)%nat -> (2 <= bucket_size k b p)%nat ->
  (forall i, (i < n)%nat -> i <> p -> bucket_size k b i = 1%nat) ->
  B (INR (bucket_size k b p)) - 1 < INR (n - 1) * (3 + 2 * sqrt 3) ->
  ~ local_minimum n k d (average_a k b) (average_w k b).
Proof.
  intros n k d b p Hkd Hb Hp H2 Hc HB.
  apply negative_direction_no_minimum; try assumption.
  apply (copies_and_one_average_negative_direction n k d b p); assumption.
Qed.
