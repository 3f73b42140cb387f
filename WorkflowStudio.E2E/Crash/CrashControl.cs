using System.Net;
using System.Text;
using System.Text.Json;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>Something that was asked of a run through the API, and what was answered.</summary>
/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="Run">The run, 32 digits.</param>
/// <param name="What">The last part of the address: <c>cancel</c>, <c>pause</c>, <c>resume</c>, <c>wake</c>, <c>retry</c>.</param>
internal sealed record CrashAsk(string Key, string Run, string What)
{
    /// <summary><c>accepted</c>, or the code of the refusal; null while it was not answered.</summary>
    public string? Answer { get; init; }

    /// <summary>The server's life in which it was answered.</summary>
    public int Life { get; init; }

    /// <summary>The run that a retry started.</summary>
    public string? Made { get; init; }

    /// <summary>Whether it was taken.</summary>
    public bool IsAccepted => Answer == "accepted";
}

/// <summary>
/// Somebody who cancels, pauses, resumes, wakes and retries runs, one thing of a run at a time. A request that was not answered is sent
/// again with the same Idempotency-Key; what was paused is resumed once it is seen to be paused.
/// </summary>
internal sealed class CrashControl(StudioProcess studio, CrashClient client, EffectLedger ledger, Random random)
{
    private readonly Dictionary<string, CrashAsk> asks = [];
    private readonly HashSet<string> touched = [];
    private readonly HashSet<string> paused = [];
    private readonly HashSet<string> asleep = [];
    private int seen;

    /// <summary>The workflow whose runs sleep at its step <c>nap</c> until they are woken.</summary>
    public string Sleepers { get; set; } = "";

    /// <summary>Everything that was asked so far.</summary>
    public IReadOnlyList<CrashAsk> Asks => [.. asks.Values];

    /// <summary>How many requests are unanswered, and runs still to be resumed.</summary>
    public int Open => asks.Values.Count(a => a.Answer is null) + paused.Count;

    /// <summary>
    /// Sends what was not answered again, resumes what is paused, and asks new things of runs that nobody asked anything of.
    /// </summary>
    /// <param name="more">Whether to ask new things.</param>
    public async Task StepAsync(bool more)
    {
        await Task.WhenAll(asks.Values.Where(a => a.Answer is null).ToArray().Select(SendAsync));
        foreach (var run in paused.ToArray()) await ResumeAsync(run);
        if (!more) return;
        await WakeAsync();
        var fresh = client.Acknowledged.Skip(seen).Where(r => client.WorkflowOf(r) != Sleepers && touched.Add(r)).ToList();
        seen = client.Acknowledged.Count;
        // the youngest are under way
        await Task.WhenAll(fresh.TakeLast(2).Select(r => AskAsync(r, random.Next(3) == 0 ? "cancel" : "pause")));
        if (asks.Values.LastOrDefault(a => a is { What: "cancel", IsAccepted: true } && !touched.Contains(a.Key)) is { } canceled)
            await RetryAsync(canceled);
    }

    private async Task RetryAsync(CrashAsk canceled)
    {
        var status = await client.StatusAsync(canceled.Run);
        if (status is not ("completed" or "failed" or "canceled")) return;
        touched.Add(canceled.Key);
        if (status != "completed") await AskAsync(canceled.Run, "retry");
    }

    // only one that is asleep is woken, and only once: a wake of a run that is under way finds nothing to wake
    private async Task WakeAsync()
    {
        foreach (var run in client.Acknowledged.Where(r => client.WorkflowOf(r) == Sleepers && touched.Add(r))) asleep.Add(run);
        foreach (var run in asleep.TakeLast(3).ToArray())
        {
            if (await client.StatusAsync(run) is not { } status || status == "processing") continue;
            asleep.Remove(run);
            if (status == "waiting") await AskAsync(run, "wake");
        }
    }

    private async Task ResumeAsync(string run)
    {
        if (asks.Values.Any(a => a.Run == run && a.Answer is null)) return;
        var status = await client.StatusAsync(run);
        if (status == "paused" && asks.Values.All(a => a.Run != run || a.What != "resume")) await AskAsync(run, "resume");
        else if (status is "completed" or "failed" or "canceled"
            || (status is not null && asks.Values.Any(a => a.Run == run && a.What == "resume"))) paused.Remove(run);
    }

    private Task AskAsync(string run, string what)
    {
        var ask = new CrashAsk($"{what}-{asks.Count}", run, what);
        lock (asks) asks.Add(ask.Key, ask);
        return SendAsync(ask);
    }

    private async Task SendAsync(CrashAsk ask)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/executions/exe_{ask.Run}/{ask.What}");
            request.Headers.Add("Idempotency-Key", ask.Key);
            request.Content = new StringContent(ask.What == "wake" ? """{"step":"nap"}""" : "{}", Encoding.UTF8, "application/json");
            using var answer = await studio.Http.SendAsync(request);
            var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
            if (Read(answer.StatusCode, body) is not { } read) return;
            var made = ask.What == "retry" && read == "accepted" ? body.GetProperty("execution_id").GetString()!["exe_".Length..] : null;
            lock (asks)
            {
                asks[ask.Key] = ask with { Answer = read, Life = ledger.Life, Made = made };
                if (ask.What == "pause" && read is "accepted" or "run_paused") paused.Add(ask.Run);
            }

            if (made is not null) client.Adopt(made, ask.Run);
        }
        catch (HttpRequestException)
        {
            // killed before it answered: it is sent again
        }
    }

    // anything else is no answer to what was asked
    private static string? Read(HttpStatusCode status, JsonElement body) => status switch
    {
        HttpStatusCode.Accepted => "accepted",
        HttpStatusCode.Conflict => body.GetProperty("code").GetString() is var code && code == "request_in_progress" ? null : code,
        HttpStatusCode.NotFound => "not_found",
        _ => null,
    };
}
