(** The assumptions of every theorem. scripts/coq.sh compiles this file last,
    and fails unless each [Theorem] of the development is listed here and rests
    on nothing but the classical real numbers of Coq's standard library. *)

From CopyAvg Require Kernel Concavity Partition.

Print Assumptions CopyAvg.Kernel.loss_closed_form.
Print Assumptions CopyAvg.Kernel.loss_derivative.
Print Assumptions CopyAvg.Concavity.loss_of_a_copy.
Print Assumptions CopyAvg.Concavity.loss_strictly_concave.
Print Assumptions CopyAvg.Concavity.second_differences_negative.
Print Assumptions CopyAvg.Partition.merging_lowers_loss.
Print Assumptions CopyAvg.Partition.optimal_partition.
Print Assumptions CopyAvg.Partition.optimal_partition_unique.
