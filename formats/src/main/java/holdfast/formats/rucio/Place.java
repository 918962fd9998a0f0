package holdfast.formats.rucio;

/**
 * Where something stands, for whoever must look at it.
 *
 * @param what a file of a dump, or a call with its answer
 * @param line from 1 on; 0 where there are no lines
 * @param remedy what to do when it cannot be read
 */
record Place(String what, long line, String remedy) {
    BadSource bad(String wrong) {
        return new BadSource((line > 0 ? what + ", line " + line : what) + ": " + wrong + "; " + remedy);
    }
}
