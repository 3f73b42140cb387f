using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects;

/// <summary>
/// A message of a dialect as it goes over the wire: the request, then its answer, with the headers that are promised. What differs from run
/// to run is made the same: ids are numbered, times and lengths of time say only what they are, a key is never written.
/// </summary>
internal static partial class Recording
{
    private static readonly string[] Promised =
    [
        "Content-Type", "Location", "Allow", "Retry-After", "Idempotency-Replayed", "WWW-Authenticate", "Vary",
        "Cache-Control", "X-Accel-Buffering", "Softsolz-Request-Id",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
        "Access-Control-Max-Age", "Access-Control-Expose-Headers",
    ];

    /// <summary>Sends a request, and answers with both as text.</summary>
    public static async Task<string> OfAsync(HttpClient client, HttpRequestMessage request)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri}\n");
        var sent = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync());
        if (client.DefaultRequestHeaders.Authorization is not null) text.Append("Authorization: Bearer sk_…\n");
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers.Where(h => h.Key == "Content-Type") ?? []))
            if (name != "Authorization") text.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\n");
        text.Append(sent.Length == 0 ? "" : "\n" + Shown(sent) + "\n");
        using var response = await client.SendAsync(request);
        return Same(Answer(text.Append("\n==========\n\n"), response, await response.Content.ReadAsStringAsync()));
    }

    /// <summary>An answer alone.</summary>
    public static async Task<string> OfAsync(HttpResponseMessage response) =>
        Same(Answer(new StringBuilder(), response, await response.Content.ReadAsStringAsync()));

    private static string Answer(StringBuilder text, HttpResponseMessage response, string body)
    {
        text.Append(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}\n");
        foreach (var name in Promised)
        {
            if (response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values))
                text.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\n");
        }

        return text.Append(body.Length == 0 ? "" : "\n" + body.TrimEnd('\n') + "\n").ToString();
    }

    // what is long only to be long is not kept
    private static string Shown(string body) =>
        body.Length <= 20_000 ? body : string.Create(CultureInfo.InvariantCulture, $"({body.Length} characters)");

    private static string Same(string text)
    {
        var ids = new Dictionary<string, string>();
        text = Id().Replace(text, m =>
        {
            if (ids.TryGetValue(m.Value, out var shown)) return shown;
            var kind = m.Groups[1].Success ? m.Groups[1].Value : "UUID";
            var number = ids.Values.Count(k => k.StartsWith(kind, StringComparison.Ordinal)) + 1;
            return ids[m.Value] = kind + number.ToString(CultureInfo.InvariantCulture);
        });
        text = Secret().Replace(text, "whsec_…");
        text = Link().Replace(text, "/appointments/TOKEN.ics");
        text = FormAddress().Replace(text, "/forms/TOKEN");
        text = InvoiceAddress().Replace(text, "/i/TOKEN");
        text = InvoiceDays().Replace(text, "${issued}2026-06-10${due}2026-06-24${end}");
        text = Today().Replace(text, "${1}2026-06-10\"");
        return Elapsed().Replace(Time().Replace(text, "TIME"), "${1}0");
    }

    [GeneratedRegex("\\b(?:(wf_|exe_|run_|evt_|practice_)[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b")]
    private static partial Regex Id();

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]{44}")]
    private static partial Regex Secret();

    [GeneratedRegex("/appointments/[A-Za-z0-9_-]{27}\\.ics")]
    private static partial Regex Link();

    [GeneratedRegex("/forms/[A-Za-z0-9_-]{27}\\b")]
    private static partial Regex FormAddress();

    [GeneratedRegex("/i/[A-Za-z0-9_-]{27}\\b")]
    private static partial Regex InvoiceAddress();

    // the day of an invoice and two weeks later, in JSON and in CSV
    [GeneratedRegex("(?<issued>\"issuedOn\":\"|,)\\d{4}-\\d\\d-\\d\\d(?<due>\",\"dueOn\":\"|,)\\d{4}-\\d\\d-\\d\\d(?<end>\"|,)")]
    private static partial Regex InvoiceDays();

    [GeneratedRegex("(\"(?:on|issuedOn)\":\")\\d{4}-\\d\\d-\\d\\d\"")]
    private static partial Regex Today();

    // whole seconds, UTC: another form is another message
    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Time();

    [GeneratedRegex("(\"(?:elapsed_ms|duration_ms)\":)\\d+")]
    private static partial Regex Elapsed();
}
