using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// Somebody who starts runs and remembers what was promised: a start that was not answered is sent again with the same Idempotency-Key
/// until it is.
/// </summary>
internal sealed class CrashClient(StudioProcess studio)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> pending = [];
    private readonly Dictionary<string, string> events = [];
    private readonly List<string> acknowledged = [];
    private readonly Dictionary<string, string> workflows = [];
    private readonly Dictionary<string, string> told = [];
    private int count;

    /// <summary>The runs whose start was answered, 32 digits.</summary>
    public IReadOnlyList<string> Acknowledged
    {
        get
        {
            lock (gate) return [.. acknowledged];
        }
    }

    /// <summary>Ends that were answered, by run.</summary>
    public IReadOnlyDictionary<string, string> Told => told;

    /// <summary>The workflow of an acknowledged run.</summary>
    public string WorkflowOf(string run)
    {
        lock (gate) return workflows[run];
    }

    /// <summary>Counts a run that repeats another among the acknowledged ones.</summary>
    public void Adopt(string run, string repeated)
    {
        lock (gate)
        {
            if (workflows.TryAdd(run, workflows[repeated])) acknowledged.Add(run);
        }
    }

    /// <summary>Makes a key and uses it from now on.</summary>
    public async Task SignInAsync()
    {
        var key = await studio.CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        studio.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Makes a workflow and answers its id.</summary>
    public async Task<string> MakeAsync(string graph)
    {
        using var body = new StringContent(graph, Encoding.UTF8, "application/json");
        using var answer = await studio.Http.PostAsync("/api/v1/workflows", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    /// <summary>Starts a run of a workflow; the key is new.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="then">The event to send for the run once its start was answered; null for none.</param>
    public async Task StartAsync(string workflow, string? then = null)
    {
        var key = $"start-{Interlocked.Increment(ref count)}";
        if (then is not null)
            lock (gate) events[key] = then;
        await SendAsync(key, workflow);
        if (then is not null) await SendEventAsync(key, then);
    }

    /// <summary>Sends what was not answered once more. What is left afterwards was not answered again.</summary>
    public async Task<int> SendPendingAsync()
    {
        KeyValuePair<string, string>[] open;
        lock (gate) open = [.. pending];
        foreach (var (key, workflow) in open) await SendAsync(key, workflow);
        KeyValuePair<string, string>[] unsent;
        lock (gate) unsent = [.. events];
        foreach (var (key, name) in unsent) await SendEventAsync(key, name);
        lock (gate) return pending.Count + events.Count;
    }

    /// <summary>The status of a run as the API tells it; null when it did not answer. An end is remembered.</summary>
    public async Task<string?> StatusAsync(string run)
    {
        try
        {
            using var answer = await studio.Http.GetAsync($"/api/v1/executions/exe_{run}/status");
            if (answer.StatusCode != HttpStatusCode.OK) return null;
            var status = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("status").GetString();
            if (status is "completed" or "failed" or "canceled")
                lock (gate) told.TryAdd(run, status);
            return status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Whether the API knows of a run.</summary>
    public async Task<bool> IsThereAsync(string run)
    {
        using var answer = await studio.Http.GetAsync($"/api/v1/executions/exe_{run}/status");
        return answer.StatusCode != HttpStatusCode.NotFound;
    }

    /// <summary>The number of the last line of a run's log.</summary>
    public async Task<long> LastSeqAsync(string run)
    {
        var text = await studio.Http.GetStringAsync($"/api/v1/executions/exe_{run}/logs?limit=1000");
        return JsonElement.Parse(text).GetProperty("next_after").GetInt64();
    }

    // an event that was not answered is sent again under the same id
    private async Task SendEventAsync(string key, string name)
    {
        lock (gate) if (pending.ContainsKey(key)) return;
        try
        {
            using var body = new StringContent(
                $$$"""{"type":"{{{name}}}","id":"{{{key}}}","data":{"start":"{{{key}}}"}}""", Encoding.UTF8, "application/json");
            using var answer = await studio.Http.PostAsync("/api/v1/events", body);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                lock (gate) events.Remove(key);
        }
        catch (HttpRequestException)
        {
            // killed before it answered: it is sent again
        }
    }

    private async Task SendAsync(string key, string workflow)
    {
        lock (gate) pending[key] = workflow;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workflows/{workflow}/trigger");
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent(
                $$"""{"start":"{{key}}","first_name":"Client","last_name":"{{key}}","email":"{{key}}@example.test","phone":"+17135550142","form_message":"I would like an appointment next week."}""", Encoding.UTF8, "application/json");
            using var answer = await studio.Http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Accepted) return;
            var id = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("execution_id").GetString()!["exe_".Length..];
            lock (gate)
            {
                pending.Remove(key);
                if (workflows.TryAdd(id, workflow)) acknowledged.Add(id);
            }
        }
        catch (HttpRequestException)
        {
            // killed before it answered: nothing was promised
        }
    }
}
