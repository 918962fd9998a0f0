package holdfast.server.races;

/** Two nodes lease the same work: a named lease with the journal's numbers under it, or the demands of an element. */
final class TwoNodesLeasing implements Race {
    private final Race named = new NamedLeases();
    private final Race demands = new DemandLeases();

    @Override
    public void play(Ground ground, long seed) {
        (seed % 2 == 0 ? named : demands).play(ground, seed);
    }
}
