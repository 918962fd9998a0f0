/** When a clause is MET, BREACHED or UNDETERMINED: one pure function, the only evaluator. */
@NullMarked
package holdfast.judgement;

import org.jspecify.annotations.NullMarked;
