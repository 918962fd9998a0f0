package holdfast.spark;

import holdfast.formats.dump.TextLine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * A line of a dump on its way through the cluster: its path is the key, its place and the rest of it are the value. The
 * header and the end line, which the driver read, are left out.
 *
 * @param end where the end line begins
 */
record KeyedLine(long end) implements PairFlatMapFunction<Tuple2<LongWritable, Text>, byte[], byte[]> {

    @Override
    public Iterator<Tuple2<byte[], byte[]>> call(Tuple2<LongWritable, Text> read) {
        long place = read._1().get();
        if (place == 0 || place == end) {
            return List.<Tuple2<byte[], byte[]>>of().iterator();
        }
        TextLine line = new TextLine(
                place, Arrays.copyOf(read._2().getBytes(), read._2().getLength()));
        int split = line.pathLength();
        byte[] rest = ByteBuffer.allocate(Long.BYTES + line.bytes().length - split)
                .putLong(place)
                .put(line.bytes(), split, line.bytes().length - split)
                .array();
        return List.of(new Tuple2<>(line.path(), rest)).iterator();
    }

    /** The line that a key and a value were made of. */
    static TextLine line(Tuple2<byte[], byte[]> keyed) {
        byte[] path = keyed._1();
        byte[] rest = keyed._2();
        byte[] bytes = Arrays.copyOf(path, path.length + rest.length - Long.BYTES);
        System.arraycopy(rest, Long.BYTES, bytes, path.length, rest.length - Long.BYTES);
        return new TextLine(ByteBuffer.wrap(rest).getLong(), bytes);
    }
}
