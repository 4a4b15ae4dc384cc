(** Consequences of the mean value theorem on real intervals. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** A function with positive derivative on an interval increases there. *)
Lemma increasing_by_derivative : forall (f f' : R -> R) a b,
  a < b ->
  (forall x, a <= x <= b -> is_derive f x (f' x)) ->
  (forall x, a < x < b -> 0 < f' x) ->
  f a < f b.
Proof.
  intros f f' a b Hab Hd Hpos.
  destruct (MVT_cor2 f f' a b Hab) as [c [Hc Hcab]].
  - intros c Hc. apply is_derive_Reals, Hd, Hc.
  - pose proof (Hpos c Hcab). nra.
Qed.

(** A differentiable function whose derivative decreases is strictly concave. *)
Lemma concave_by_derivative : forall (P : R -> Prop) (f f' : R -> R),
  (forall x y z, P x -> P y -> x <= z <= y -> P z) ->
  (forall x, P x -> is_derive f x (f' x)) ->
  (forall x y, P x -> P y -> x < y -> f' y < f' x) ->
  forall x y t, P x -> P y -> x <> y -> 0 < t < 1 ->
  t * f x + (1 - t) * f y < f (t * x + (1 - t) * y).
Proof.
  intros P f f' Hconv Hd Hdec.
  assert (Hlt : forall x y t, P x -> P y -> x < y -> 0 < t < 1 ->
    t * f x + (1 - t) * f y < f (t * x + (1 - t) * y)).
  { intros x y t Hx Hy Hxy Ht.
    set (z := t * x + (1 - t) * y).
    assert (Hxz : x < z) by (unfold z; nra).
    assert (Hzy : z < y) by (unfold z; nra).
    destruct (MVT_cor2 f f' x z Hxz) as [c1 [E1 H1]].
    { intros c Hc. apply is_derive_Reals, Hd, (Hconv x y); auto; lra. }
    destruct (MVT_cor2 f f' z y Hzy) as [c2 [E2 H2]].
    { intros c Hc. apply is_derive_Reals, Hd, (Hconv x y); auto; lra. }
    assert (Hc : f' c2 < f' c1)
      by (apply Hdec; try lra; apply (Hconv x y); auto; lra).
    assert (Ez : z - x = (1 - t) * (y - x)) by (unfold z; ring).
    assert (Ey : y - z = t * (y - x)) by (unfold z; ring).
    rewrite Ez in E1. rewrite Ey in E2.
    assert (Hp : 0 < t * (1 - t) * (y - x))
      by (repeat apply Rmult_lt_0_compat; lra).
    assert (f z - (t * f x + (1 - t) * f y)
            = t * (1 - t) * (y - x) * (f' c1 - f' c2)).
    { replace (f z) with (f x + (f z - f x)) by ring. rewrite E1.
      replace (f y) with (f x + (f z - f x) + (f y - f z)) by ring.
      rewrite E1, E2. ring. }
    assert (0 < t * (1 - t) * (y - x) * (f' c1 - f' c2))
      by (apply Rmult_lt_0_compat; lra).
    lra. }
  intros x y t Hx Hy Hne Ht.
  destruct (Rtotal_order x y) as [H|[H|H]]; [| contradiction |].
  - apply Hlt; auto.
  - replace (t * x + (1 - t) * y) with ((1 - t) * y + (1 - (1 - t)) * x) by ring.
    replace (t * f x + (1 - t) * f y)
      with ((1 - t) * f y + (1 - (1 - t)) * f x) by ring.
    apply Hlt; auto; lra.
Qed.
