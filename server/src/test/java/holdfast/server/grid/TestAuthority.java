package holdfast.server.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority of one test run, with a host certificate for localhost and a grid's folder of authorities. */
public record TestAuthority(Path folder) {

    public static TestAuthority in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("certificates"));
        openssl(
                folder,
                "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /DC=test/CN=TestCA -keyout ca.key -out ca.pem");
        openssl(folder, "req -newkey rsa:2048 -nodes -subj /DC=test/CN=localhost -keyout host.key -out host.csr");
        Files.writeString(folder.resolve("host.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl(
                folder,
                "x509 -req -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile host.ext -out host.pem");
        openssl(folder, "req -newkey rsa:2048 -nodes -subj /DC=test/CN=Alice -keyout alice.key -out alice.csr");
        openssl(folder, "x509 -req -in alice.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out alice.pem");
        Files.writeString(
                folder.resolve("alice-proxy.pem"),
                Files.readString(folder.resolve("alice.pem")) + Files.readString(folder.resolve("alice.key")));
        TestAuthority made = new TestAuthority(folder);
        made.hashed();
        return made;
    }

    private void hashed() throws IOException {
        String hash = Command.mustRun(folder, "openssl", "x509", "-hash", "-noout", "-in", "ca.pem")
                .strip();
        Files.copy(folder.resolve("ca.pem"), certificates().resolve(hash + ".0"));
        Files.writeString(certificates().resolve(hash + ".signing_policy"), """
                access_id_CA X509 '/DC=test/CN=TestCA'
                pos_rights globus CA:sign
                cond_subjects globus '"/DC=test/*"'
                """);
    }

    private static void openssl(Path folder, String arguments) throws IOException {
        Command.mustRun(folder, ("openssl " + arguments).split(" "));
    }

    public Path authorities() {
        return folder.resolve("ca.pem");
    }

    public Path certificates() {
        return folder.resolve("certificates");
    }

    public Path host() {
        return folder.resolve("host.pem");
    }

    public Path hostKey() {
        return folder.resolve("host.key");
    }

    /** A member's certificate and key in one file, as a proxy has them. */
    public Path alice() {
        return folder.resolve("alice-proxy.pem");
    }
}
