using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Api.Streaming;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Api.Streaming;

/// <summary>The hub as its JSON protocol shows it: records that end with the character 0x1E.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RunsHubTests(StudioApp app)
{
    [Fact]
    public async Task Watch_ARun_StreamsItsLinesToTheEnd()
    {
        var practice = await app.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        using var socket = await ConnectAsync(practice.Key);
        var messages = await WatchAsync(socket, run, 0);
        var items = messages.Where(m => m.GetProperty("type").GetInt32() == 2).Select(m => m.GetProperty("item")).ToList();
        Assert.Equal(["run_started", "node_completed", "run_completed"],
            items.SelectMany(i => i.GetProperty("lines").EnumerateArray()).Select(l => l.GetProperty("event").GetString()));
        Assert.True(items[^1].GetProperty("end").GetBoolean());
        Assert.All(items, i => Assert.False(i.GetProperty("gap").GetBoolean()));
        Assert.False(messages[^1].TryGetProperty("error", out _));
        Assert.Equal(["run_completed"], (await WatchAsync(socket, run, 2))[0].GetProperty("item").GetProperty("lines").EnumerateArray()
            .Select(l => l.GetProperty("event").GetString()));
    }

    [Fact]
    public async Task Watch_TheRunOfAnotherPractice_IsNotThere()
    {
        var practice = await app.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        using var socket = await ConnectAsync((await app.PracticeAsync()).Key);
        var messages = await WatchAsync(socket, run, 0);
        Assert.Equal("""{"lines":[],"gap":false,"end":false,"error":"There is no execution with this id."}""",
            messages[0].GetProperty("item").GetRawText());
        Assert.Equal(2, messages.Count); // the second one says that nothing comes after it
    }

    [Fact]
    public async Task Watch_ByWhoHasLostTheWorkspace_EndsThoughThereIsAnotherOne()
    {
        var clock = new MovedClock();
        await using var studio = new StudioApp { Change = s => s.AddSingleton<TimeProvider>(clock) };
        var (client, email) = await SignedIn.PersonAsync(studio);
        await using var scope = studio.Services.CreateAsyncScope();
        var user = (await scope.ServiceProvider.GetRequiredService<Users>().FindAsync(email))!.Value;
        var first = Assert.Single(await studio.Get<WorkspaceStore>().MembershipsAsync(user, default)).WorkspaceId;
        var other = (await studio.PracticeAsync()).Owner.Tenant.WorkspaceId;
        await studio.Get<IStudioWriter>().WriteAsync(write => { WorkspaceStore.Join(write, other, user, WorkspaceRole.Owner); return 0; });
        var owner = new Caller { Tenant = new Tenant(first, StudioEnvironment.Live), Name = "Owner", Role = WorkspaceRole.Owner };
        var practice = new TestPractice(studio, owner, await studio.KeyAsync(owner, StudioEnvironment.Live));
        var made = await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["nodes"] = new JsonArray(
            new JsonObject { ["id"] = "a", ["type"] = "wait", ["config"] = new JsonObject { ["for"] = "2 hours" } })));
        Assert.True(made.Status == 201, made.Body);
        var run = (await practice.PostAsync($"/api/v1/workflows/{made.Text("id")}/trigger", "{}")).Text("execution_id");
        var answer = await SignedIn.SendAsync(
            client, "/sign-in", "/account/sign-in", new("email", email), new("password", SignedIn.Password));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ws_session=", StringComparison.Ordinal))
            .Split(';')[0];
        using var socket = await ConnectAsync(null, studio, cookie);

        await SendAsync(socket, $$"""{"type":4,"invocationId":"1","target":"Watch","arguments":["{{run}}",0]}""");
        await ReadAsync(
            socket, m => m.GetProperty("type").GetInt32() == 2 && m.GetRawText().Contains("node_waiting", StringComparison.Ordinal));
        await studio.Get<IStudioWriter>().WriteAsync(write => { write.Db.Remove(write.Db.Members.Find(first, user)!); return 0; });
        clock.Advance(EventStreams.Heartbeat + TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/executions/{run}/cancel", "{}")).Status);

        var rest = await ReadAsync(socket, m => m.GetProperty("type").GetInt32() == 3);
        Assert.Equal("""{"lines":[],"gap":false,"end":false,"error":"The key or the sign-in is not valid any more."}""",
            rest[0].GetProperty("item").GetRawText());
        Assert.Equal(2, rest.Count);
    }

    [Theory]
    [InlineData("\"exe_00000000000000000000000000000001\",0")]
    [InlineData("\"no id\",-1")]
    [InlineData("null,0")]
    [InlineData("{},\"x\"")]
    public async Task Watch_WhatIsNoRun_IsNoFaultOfTheServer(string arguments)
    {
        var log = new KeptLog();
        await using var studio = new StudioApp { Change = s => s.AddLogging(l => l.AddProvider(log)) };
        using var socket = await ConnectAsync((await studio.PracticeAsync()).Key, studio);
        await SendAsync(socket, $$"""{"type":4,"invocationId":"1","target":"Watch","arguments":[{{arguments}}]}""");
        await ReadAsync(socket, m => m.TryGetProperty("type", out var type) && type.GetInt32() == 3);
        Assert.Empty(log.Lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sk_test_0000000000000000000000000000000000000000000")]
    public async Task Connect_WithoutAValidKey_IsCutOff(string? key)
    {
        using var socket = await ConnectAsync(key);
        // "close"
        Assert.Contains(await ReadAsync(socket, _ => false), m => m.TryGetProperty("type", out var type) && type.GetInt32() == 7);
    }

    [Fact]
    public async Task Connect_WithAKeyThatMayNotViewRuns_IsCutOff()
    {
        using var socket = await ConnectAsync((await app.PracticeAsync("service.workflows.workflows.view")).Key);
        Assert.Contains(await ReadAsync(socket, _ => false), m => m.TryGetProperty("type", out var type) && type.GetInt32() == 7);
    }

    private async Task<WebSocket> ConnectAsync(string? key, StudioApp? studio = null, string? cookie = null)
    {
        var client = (studio ?? app).Server.CreateWebSocketClient();
        if (key is not null) client.ConfigureRequest = request => request.Headers.Authorization = "Bearer " + key;
        if (cookie is not null) client.ConfigureRequest = request => request.Headers.Cookie = cookie;
        var socket = await client.ConnectAsync(new Uri("ws://localhost/hubs/runs"), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        return socket;
    }

    private static async Task<List<JsonElement>> WatchAsync(WebSocket socket, string run, long after)
    {
        await SendAsync(socket, $$"""{"type":4,"invocationId":"{{after}}","target":"Watch","arguments":["{{run}}",{{after}}]}""");
        return await ReadAsync(socket, m => m.TryGetProperty("type", out var type) && type.GetInt32() == 3);
    }

    private static Task SendAsync(WebSocket socket, string record) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(record + "\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);

    // the records up to the last, or to the end of the connection; the answer to the handshake and pings are left out
    private static async Task<List<JsonElement>> ReadAsync(WebSocket socket, Func<JsonElement, bool> isLast)
    {
        var (records, text, buffer) = (new List<JsonElement>(), "", new byte[16 * 1024]);
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close) return records;
            text += Encoding.UTF8.GetString(buffer, 0, read.Count);
            for (var end = text.IndexOf('\u001e', StringComparison.Ordinal); end >= 0; end = text.IndexOf(
                '\u001e', StringComparison.Ordinal))
            {
                var record = JsonElement.Parse(text[..end]);
                text = text[(end + 1)..];
                if (!record.TryGetProperty("type", out var type) || type.GetInt32() == 6) continue;
                records.Add(record);
                if (isLast(record)) return records;
            }
        }
    }
}
