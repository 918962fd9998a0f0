import java.net.URI;

/**
 * Puts files into a Rucio server as a production does: registered at one element, in a dataset in a container, held by a rule.
 * usage: java bench/rucio/Fill.java URL USER PASSWORD FILES [NAME]
 * With a name only one further file of that name is put there, in no collection.
 */
final class Fill {
    private static final String SCOPE = "bench";

    private Fill() {}

    public static void main(String[] arguments) {
        try (Side side = new Side("peer", URI.create(arguments[0])).login(arguments[1], arguments[2])) {
            if (arguments.length > 4) {
                side.post(
                        "/replicas",
                        "{\"rse\":\"" + Side.SOURCE + "\",\"files\":[{\"scope\":\"" + SCOPE + "\",\"name\":\""
                                + arguments[4] + "\",\"bytes\":1,\"adler32\":\"00000001\"}]}");
                return;
            }
            side.furnish();
            Stock stock = new Stock(side, SCOPE, Integer.parseInt(arguments[3])).attached();
            side.post("/dids/" + SCOPE + "/box", "{\"type\":\"CONTAINER\"}");
            side.post(
                    "/dids/" + SCOPE + "/box/dids",
                    "{\"dids\":[{\"scope\":\"" + SCOPE + "\",\"name\":\"" + stock.dataset() + "\"}]}");
            side.send(stock.rule(stock.dataset(), 1, Side.SOURCE)).wanted(201, "the rule of the dataset");
            side.send(stock.rule(stock.file(0), 1, Side.SOURCE)).wanted(201, "the rule of a file");
        }
    }
}
