package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of which one part is right and another is not: refused whole. */
class RucioHalfRightTest {
    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = RucioServer.generic(folder);
        server.house().scopes.add(Writer.whole(AccountName.ROOT), new Scope("s"), AccountName.ROOT);
        for (String[] call : new String[][] {
            {"/replicas", "{'rse':'HOME-RAW','files':[%s,%s]}".formatted(file("a"), file("b"))},
            {"/dids/s/open", "{'type':'DATASET'}"},
            {"/dids/s/full", "{'type':'DATASET','dids':[%s]}".formatted(did("a"))},
            {"/dids/s/shut", "{'type':'DATASET'}"},
            {"/dids/s/box", "{'type':'CONTAINER'}"},
            {"/dids/s/top%2Fset", "{'type':'DATASET'}"},
            {"/accounts/amy", "{'type':'USER','email':'amy@example.org'}"},
            {"/rses/EXTRA", "{}"},
        }) {
            HttpResponse<String> answer = call("POST", call[0], call[1]);
            assertThat(answer.statusCode()).as(call[0] + " " + answer.body()).isEqualTo(201);
        }
        assertThat(call("PUT", "/dids/s/shut/status", "{'open':false}").statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    private static String did(String name) {
        return "{'scope':'s','name':'%s'}".formatted(name);
    }

    private static String file(String name) {
        return "{'scope':'s','name':'%s','bytes':5,'adler32':'00000005'}".formatted(name);
    }

    private static HttpResponse<String> call(String verb, String path, String body) {
        return server.call(verb, path, body.replace('\'', '"'));
    }

    /** Everything that is in the catalogue, by what the journal would fold to, and what programs say of copies. */
    private static List<Long> stored() {
        return List.of(
                server.laboratory().count("select count(*) from journal_entry"),
                server.laboratory().count("select count(*) from mark"),
                server.laboratory().count("select count(*) from file"),
                server.laboratory().count("select coalesce(sum(xmin::text::bigint), 0) from account_mail"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        POST | /dids | [{'scope':'s','name':'n1','type':'DATASET'},{'scope':'s','name':'open','type':'DATASET'}] | 409
        POST | /dids | [{'scope':'s','name':'n1','type':'DATASET'},{'scope':'s','name':'n2','type':'WHAT'}] | 409
        POST | /dids/s/n1 | {'type':'DATASET','dids':[{'scope':'s','name':'none'}]} | 404
        POST | /dids/s/open | {'type':'DATASET','rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]} | 409
        POST | /dids/s/n1 | {'type':'CONTAINER','rse':'HOME-RAW','dids':[{'scope':'s','name':'n2','bytes':5}]} | 409
        POST | /dids/s/n1 | {'type':'DATASET','rse':'HOME-RAW','dids':[{'scope':'s','name':'a','bytes':6}]} | 412
        POST | /dids/s/n1 | {'type':'DATASET','rules':[{'copies':1,'rse_expression':'no=where','account':'root'}]} | 409
        POST | /dids/s/shut/dids | {'rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]} | 409
        POST | /dids/s/box/dids | {'rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]} | 409
        POST | /dids/s/nowhere/dids | {'rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]} | 404
        POST | /dids/s/a/dids | {'rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]} | 409
        POST | /dids/s/full/dids | {'rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5},{'scope':'s','name':'a','bytes':5}]} | 409
        POST | /dids/attachments | [{'scope':'s','name':'open','dids':[{'scope':'s','name':'b'}]},{'scope':'s','name':'shut','dids':[{'scope':'s','name':'b'}]}] | 409
        POST | /dids/attachments | [{'scope':'s','name':'open','rse':'HOME-RAW','dids':[{'scope':'s','name':'n1','bytes':5}]},{'scope':'s','name':'open','rse':'FAR-RAW','dids':[{'scope':'s','name':'a','bytes':6}]}] | 412
        DELETE | /dids/s/full/dids | {'dids':[{'scope':'s','name':'a'},{'scope':'s','name':'b'}]} | 404
        POST | /dids/bulkdidsmeta | {'dids':[{'scope':'s','name':'open','meta':{'project':'p'}},{'scope':'s','name':'none','meta':{'project':'p'}}]} | 404
        POST | /dids/s/open/meta | {'meta':{'project':'p','bytes':1}} | 409
        POST | /dids/resurrect | [{'scope':'s','name':'open'},{'scope':'s','name':'none'}] | 404
        POST | /replicas | {'rse':'HOME-RAW','files':[{'scope':'s','name':'n1','bytes':5},{'scope':'s','name':'a','bytes':6}]} | 412
        POST | /replicas | {'rse':'HOME-RAW','files':[{'scope':'s','name':'n1','bytes':5},{'scope':'none','name':'n2','bytes':6}]} | 404
        PUT | /replicas | {'rse':'HOME-RAW','files':[{'scope':'s','name':'a','state':'U'},{'scope':'s','name':'none','state':'U'}]} | 404
        PUT | /replicas | {'rse':'HOME-RAW','files':[{'scope':'s','name':'a','state':'T'},{'scope':'s','name':'none','state':'A'}]} | 404
        PUT | /replicas | {'rse':'HOME-RAW','files':[{'scope':'s','name':'a','state':'U'},{'scope':'s','name':'b','state':'B'}]} | 409
        POST | /dirac/addfiles | {'lfns':[{'lfn':'/x/s/set/n1','rse':'HOME-RAW','bytes':5,'adler32':'00000005'},{'lfn':'/x/s/set/n2','rse':'NOWHERE','bytes':5,'adler32':'00000005'}]} | 404
        POST | /rules/ | {'dids':[{'scope':'s','name':'a'},{'scope':'s','name':'none'}],'copies':1,'rse_expression':'HOME-RAW','account':'root'} | 404
        POST | /rules/ | {'dids':[{'scope':'s','name':'a'},{'scope':'s','name':'a'}],'copies':1,'rse_expression':'HOME-RAW','account':'root'} | 409
        PUT | /accounts/amy | {'status':'SUSPENDED','email':17} | 400
        PUT | /accounts/amy | {'email':'other@example.org','status':'GONE'} | 400
        PUT | /rses/EXTRA | {'city':'Here','qos_class':17,'nobody_knows':1} | 400
        POST | /config | {'one':{'a':'1'},'two':17} | 400
        POST | /import/ | {'rses':{'NEW-1':{'rse_type':'DISK','attributes':{'tier':'1'}},'NEW-2':{'rse_type':'CLAY'}}} | 400
        POST | /import/ | {'rses':{'NEW-1':{'rse_type':'DISK'}},'distances':{'NEW-1':{'EXTRA':{'distance':-1}}}} | 400
        POST | /import/ | {'rses':{'NEW-1':{'rse_type':'DISK'}},'distances':{'NEW-1':{'NEW-3':{'distance':1}}}} | 404
        POST | /subscriptions/root/sub | {'options':{'filter':{'scope':['s']},'replication_rules':[{'copies':1,'rse_expression':'HOME-RAW','activity':'x'},{'copies':'many'}],'comments':'c','lifetime':1,'retroactive':false,'dry_run':false}} | 400
        """)
    void nothingOfItIsStored(String verb, String path, String body, int status) {
        List<Long> before = stored();
        HttpResponse<String> answer = call(verb, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void folderOfAProductionThatIsShutTakesNothingAlong() {
        assertThat(call("POST", "/dids/s/%2Fx%2Fs%2Fshut", "{'type':'DATASET'}").statusCode())
                .isEqualTo(201);
        assertThat(call("PUT", "/dids/s/%2Fx%2Fs%2Fshut/status", "{'open':false}")
                        .statusCode())
                .isEqualTo(200);
        List<Long> before = stored();
        String lfn = "{'lfn':'/x/s/%s/n1','rse':'HOME-RAW','bytes':5,'adler32':'00000005'}";
        HttpResponse<String> answer = call(
                "POST", "/dirac/addfiles", "{'lfns':[%s,%s]}".formatted(lfn.formatted("good"), lfn.formatted("shut")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(stored()).isEqualTo(before);
    }
}
