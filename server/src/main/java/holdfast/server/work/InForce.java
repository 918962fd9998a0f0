package holdfast.server.work;

import holdfast.plan.Plan;
import holdfast.plan.Sites;

/** The adopted plan and sites: what every worker goes by until others are adopted. */
public record InForce(Plan plan, Sites sites) {}
