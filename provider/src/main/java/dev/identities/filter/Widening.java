package dev.identities.filter;

import dev.identities.filter.Expression.Constant;
import dev.identities.filter.Expression.Join;
import dev.identities.filter.Expression.Not;

/** What a condition says of a row before a costly part of it is known. */
final class Widening {

    private Widening() {}

    /**
     * A condition that does not look at a part, and holds wherever the given one does.
     *
     * @param wanted false for: and fails wherever the given one does
     */
    static Expression without(Part part, Expression condition, boolean wanted) {
        if (!condition.parts().contains(part)) {
            return condition;
        }
        if (condition instanceof Not negation) {
            return Not.of(without(part, negation.condition(), !wanted));
        }
        if (condition instanceof Join join) {
            return Join.of(
                    join.all(),
                    join.conditions().stream()
                            .map(one -> without(part, one, wanted))
                            .toList());
        }
        return Constant.of(wanted);
    }
}
