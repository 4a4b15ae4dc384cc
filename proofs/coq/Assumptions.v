(** The assumptions of every theorem. scripts/coq.sh compiles this file last,
    and fails unless each [Theorem] of the development is listed here and rests
    on nothing but the classical real numbers of Coq's standard library. *)

From CopyAvg Require Krawczyk Inertia PerturbedCopy.
From CopyAvg Require Kernel Concavity Partition CopyAverage BestCopyAverage Arcsine
  OneNeuron.
From CopyAvg Require SecondDerivative CopyAverageHessian MinimumOrSaddle
  NoMinimum StrictMinimum SelfSimilar.
From CopyAvg Require Enclosure KrawczykTest PerturbedCopyTest
  Definiteness CopyAverageTest.

Print Assumptions CopyAvg.Kernel.loss_closed_form.
Print Assumptions CopyAvg.Kernel.loss_derivative.
Print Assumptions CopyAvg.Concavity.loss_of_a_copy.
Print Assumptions CopyAvg.Concavity.loss_strictly_concave.
Print Assumptions CopyAvg.Concavity.second_differences_negative.
Print Assumptions CopyAvg.Partition.merging_lowers_loss.
Print Assumptions CopyAvg.Partition.optimal_partition.
Print Assumptions CopyAvg.Partition.optimal_partition_unique.
Print Assumptions CopyAvg.Krawczyk.krawczyk.
Print Assumptions CopyAvg.Inertia.ldl.
Print Assumptions CopyAvg.Inertia.coordinates_onto.
Print Assumptions CopyAvg.Inertia.coordinates_injective.
Print Assumptions CopyAvg.Inertia.positive_pivots.
Print Assumptions CopyAvg.Inertia.negative_pivot.
Print Assumptions CopyAvg.Inertia.negative_diagonal.
Print Assumptions CopyAvg.PerturbedCopy.reduced_loss_derivative.
Print Assumptions CopyAvg.PerturbedCopy.reduced_loss_alpha.
Print Assumptions CopyAvg.PerturbedCopy.reduced_loss_beta.
Print Assumptions CopyAvg.PerturbedCopy.reduced_loss_gamma.
Print Assumptions CopyAvg.PerturbedCopy.reduced_loss_a.
Print Assumptions CopyAvg.PerturbedCopy.loss_perturbed.
Print Assumptions CopyAvg.PerturbedCopy.perturbed_critical.
Print Assumptions CopyAvg.CopyAverage.copy_average_critical.
Print Assumptions CopyAvg.CopyAverage.copy_average_loss.
Print Assumptions CopyAvg.BestCopyAverage.best_copy_average.
Print Assumptions CopyAvg.Arcsine.asin_multiplicatively_convex.
Print Assumptions CopyAvg.OneNeuron.one_neuron_bound.
Print Assumptions CopyAvg.OneNeuron.one_neuron_optimum.
Print Assumptions CopyAvg.SecondDerivative.loss_second_derivative.
Print Assumptions CopyAvg.CopyAverageHessian.copy_average_hessian.
Print Assumptions CopyAvg.MinimumOrSaddle.copy_average_positive_definite.
Print Assumptions CopyAvg.MinimumOrSaddle.copy_average_negative_direction.
Print Assumptions CopyAvg.MinimumOrSaddle.two_averages_negative_direction.
Print Assumptions CopyAvg.MinimumOrSaddle.copies_and_one_average_positive_definite.
Print Assumptions CopyAvg.MinimumOrSaddle.copies_and_one_average_negative_direction.
Print Assumptions CopyAvg.NoMinimum.negative_direction_no_minimum.
Print Assumptions CopyAvg.NoMinimum.two_averages_no_minimum.
Print Assumptions CopyAvg.StrictMinimum.positive_definite_strict_minimum.
Print Assumptions CopyAvg.StrictMinimum.copies_and_one_average_strict_minimum.
Print Assumptions CopyAvg.StrictMinimum.copies_and_one_average_no_minimum.
Print Assumptions CopyAvg.SelfSimilar.self_similar_loss_additive.
Print Assumptions CopyAvg.SelfSimilar.bucket_loss_series.
Print Assumptions CopyAvg.SelfSimilar.self_similar_copy.
Print Assumptions CopyAvg.SelfSimilar.self_similar_concave.
Print Assumptions CopyAvg.SelfSimilar.self_similar_optimal_partition.
Print Assumptions CopyAvg.SelfSimilar.scaled_erf_half.
Print Assumptions CopyAvg.SelfSimilar.scaled_erf_copy.
Print Assumptions CopyAvg.SelfSimilar.scaled_erf_concave.
Print Assumptions CopyAvg.SelfSimilar.scaled_erf_optimal_partition.
Print Assumptions CopyAvg.Enclosure.run_interval_encloses.
Print Assumptions CopyAvg.Enclosure.run_dual_encloses.
Print Assumptions CopyAvg.KrawczykTest.krawczyk_succeeds_correct.
Print Assumptions CopyAvg.PerturbedCopyTest.perturbed_copy_test_correct.
Print Assumptions CopyAvg.Definiteness.all_positive_correct.
Print Assumptions CopyAvg.Definiteness.some_negative_correct.
Print Assumptions CopyAvg.CopyAverageTest.copy_average_loss_test_correct.
Print Assumptions CopyAvg.CopyAverageTest.copy_average_order_test_correct.
Print Assumptions CopyAvg.CopyAverageTest.positive_block_test_correct.
Print Assumptions CopyAvg.CopyAverageTest.negative_block_test_correct.
