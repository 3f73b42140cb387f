using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// A server with as much of Stripe's interface as bills need, and its idempotency: the same key answers the same, with another body it is
/// refused.
/// </summary>
internal sealed class FakeStripe : IDisposable
{
    public const string Key = "sk_test_abc";

    private readonly LocalServer server;
    private readonly ConcurrentDictionary<string, (string Request, string Answer)> kept = new();

    public FakeStripe() => server = new LocalServer(Answer);

    public string Url => server.Url;

    /// <summary>What was done, each once: the path and the form.</summary>
    public ConcurrentQueue<(string Path, string Body)> Done { get; } = new();

    /// <summary>The bills that a search finds, as JSON.</summary>
    public List<string> Found { get; } = [];

    /// <summary>Forgets the keys, as it does after a day.</summary>
    public void Forget() => kept.Clear();

    /// <summary>What is answered in place of doing it; null does it.</summary>
    public Func<string, (int Status, string Body)?> Refuses { get; set; } = _ => null;

    /// <summary>Whether it does what it is asked and closes the connection without an answer, so often.</summary>
    public int LosesAnswers { get; set; }

    public IEnumerable<string> Paths => Done.Select(d => d.Path);

    /// <summary>A bill as it is told.</summary>
    public static string Invoice(string id, string status, string? page) =>
        JsonSerializer.Serialize(new { id, @object = "invoice", status, hosted_invoice_url = page });

    public void Dispose() => server.Dispose();

    private string Answer(string request)
    {
        var path = request.Split(' ')[1];
        var body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (!request.Contains($"Authorization: Bearer {Key}\r\n", StringComparison.Ordinal))
            return Json(401, """{"error":{"message":"Invalid API Key provided: sk_***","type":"invalid_request_error"}}""");
        if (Refuses(path) is var (status, refusal)) return Json(status, refusal);
        if (request.StartsWith("GET /v1/account ", StringComparison.Ordinal))
            return LocalServer.Ok("""{"id":"acct_1","object":"account","settings":{"dashboard":{"display_name":"Houston Dermatology"}}}""");
        if (request.StartsWith("GET /v1/invoices/search?", StringComparison.Ordinal))
            return LocalServer.Ok($$"""{"object":"search_result","data":[{{string.Join(',', Found)}}]}""");
        if (request.StartsWith("DELETE ", StringComparison.Ordinal))
        {
            Done.Enqueue(($"DELETE {path}", ""));
            return LocalServer.Ok("""{"id":"in_0","object":"invoice","deleted":true}""");
        }

        var line = request.Split("\r\n").FirstOrDefault(l => l.StartsWith("Idempotency-Key: ", StringComparison.OrdinalIgnoreCase));
        if (line is null) return Json(400, """{"error":{"message":"no key"}}""");
        var (asked, answer) = kept.GetOrAdd(line, _ => (path + body, Do(path, body)));
        if (asked != path + body)
            return Json(400, """{"error":{"message":"Keys can only be used with the same parameters","type":"idempotency_error"}}""");
        if (LosesAnswers > 0)
        {
            LosesAnswers--;
            return "";
        }

        return LocalServer.Ok(answer);
    }

    private string Do(string path, string body)
    {
        Done.Enqueue((path, body));
        var form = QueryHelpers.ParseQuery(body);
        var id = path.Split('/') is [_, _, "invoices", var named, ..] ? named : "in_" + Done.Count.ToString(CultureInfo.InvariantCulture);
        return path.Split('/') switch
        {
            [_, _, "customers"] => $$"""{"id":"cus_{{Done.Count}}","object":"customer"}""",
            [_, _, "invoiceitems"] => $$"""{"id":"ii_{{Done.Count}}","object":"invoiceitem","amount":{{form["amount"]}} }""",
            [_, _, "invoices"] => Invoice(id, "draft", null),
            [_, _, "invoices", _, "finalize"] => Invoice(id, "open", $"https://invoice.stripe.com/i/{id}"),
            [_, _, "invoices", _, "pay"] => Invoice(id, "paid", null),
            [_, _, "invoices", _, "void"] => Invoice(id, "void", null),
            _ => "{}",
        };
    }

    private static string Json(int status, string body) =>
        LocalServer.Ok(body).Replace("200 OK", string.Create(CultureInfo.InvariantCulture, $"{status} Answer"), StringComparison.Ordinal);
}
