using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Api.Dialects.Blocks;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Common;

/// <summary>
/// What a client sends comes back from its dialect as it was sent: at once, when it is sent again, and after the studio has saved and
/// published it. A failure names its seed: give it to <c>SampleAsync</c> to see it again. The blocks dialect has tests of its own.
/// </summary>
[Collection(StudioAppTests.Name)]
public sealed class RoundTripTests(StudioApp app)
{
    // STUDIO_TEST_SAMPLES asks for more
    private static readonly int Times =
        int.Parse(Environment.GetEnvironmentVariable("STUDIO_TEST_SAMPLES") ?? "60", CultureInfo.InvariantCulture);

    private static readonly Gen<int[]> Tapes = Gen.Int[0, 999].Array[0, 90];

    [Theory]
    [InlineData("services")]
    [InlineData("documents")]
    [InlineData("sequences")]
    [InlineData("graph")]
    public async Task Body_OfAnyForm_ComesBackAsItWasSent(string dialect)
    {
        var trip = Trip.Of(dialect);
        var practice = await app.PracticeAsync();
        if (dialect == "graph") practice.Client.DefaultRequestHeaders.Add(WorkflowStudio.Api.V1.V1Dialect.GraphHeader, "practice_1");
        await Tapes.SampleAsync(tape => ComesBackAsync(practice, trip, trip.Make(new RandomBodies(new Choices(tape)))),
            iter: Times, threads: 1, print: tape => trip.Make(new RandomBodies(new Choices(tape))).ToJsonString());
    }

    private async Task ComesBackAsync(TestPractice practice, Trip trip, JsonObject body)
    {
        var made = await practice.PostAsync(trip.Path, body.ToJsonString());
        Assert.True(made.Status == 201, made.Body);
        var path = made.Headers.Location!.ToString();
        var first = await ReadAsync();
        AssertSame(trip.Expected(body), first, "at once");
        Assert.True(ShownId.TryRead(path.Split('/')[^1], out var id));
        if (trip.Method is { } method)
        {
            var again = await practice.SendAsync(
                method, path, new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), null);
            Assert.True(again.Status == 200, again.Body);
            AssertSame(first, await ReadAsync(), "sent again");
        }

        var open = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, id)).Value!;
        var saved = await app.Get<SaveDraft>().RunAsync(practice.Owner, id, new DraftWork(open.Revision, open.Definition, open.Editor));
        Assert.True(saved.Ok, saved.Problem?.Message);
        var published = await app.Get<PublishWorkflow>().RunAsync(practice.Owner, id, saved.Value.Revision);
        Assert.True(published.Ok, published.Problem?.Message);
        AssertSame(trip.Expected(body), await ReadAsync(), "published by the studio");

        async Task<JsonObject> ReadAsync() => trip.One(JsonNode.Parse((await practice.GetAsync(path)).Body)!.AsObject());
    }

    private static void AssertSame(JsonObject sent, JsonObject got, string when)
    {
        foreach (var (field, value) in sent)
            if (field is not ("updated_at" or "updatedAt" or "version" or "next_run_at" or "status"))
                Assert.True(JsonNode.DeepEquals(value, got[field]),
                    $"{field}, {when}: {value?.ToJsonString()} became {got[field]?.ToJsonString()}");
    }

    /// <summary>How a dialect is asked.</summary>
    private sealed record Trip(string Path, HttpMethod? Method, Func<RandomBodies, JsonObject> Make)
    {
        /// <summary>The workflow in an answer.</summary>
        public Func<JsonObject, JsonObject> One { get; private init; } = answer => answer;

        /// <summary>What comes back for a body: the names of the reference text for other names of the same.</summary>
        public Func<JsonObject, JsonObject> Expected { get; private init; } = body => body;

        public static Trip Of(string dialect) => dialect switch
        {
            "services" => new Trip("/api/v1/services/workflows/workflows", HttpMethod.Put, b => b.Services())
            { One = InData, Expected = InTableNames },
            "documents" => new Trip("/api/workflows", HttpMethod.Put, b => b.Documents()),
            "sequences" => new Trip("/api/v1/workflows", HttpMethod.Patch, b => b.Sequences())
            { One = InData, Expected = WithoutEmptyDescription },
            _ => new Trip("/api/v1/workflows", HttpMethod.Put, b => b.Graph()) { One = answer => answer["workflow"]!.AsObject() },
        };

        private static JsonObject InData(JsonObject answer) => answer["data"]!.AsObject();

        // no description and an empty one are the same
        private static JsonObject WithoutEmptyDescription(JsonObject body)
        {
            var copy = body.DeepClone().AsObject();
            if (copy["description"]?.GetValue<string>() is { Length: 0 }) copy["description"] = null;
            return copy;
        }

        private static JsonObject InTableNames(JsonObject body)
        {
            var named = WithoutEmptyDescription(body);
            if (named.Remove("schedule", out var cron)) named["cron_expression"] = cron;
            foreach (var step in named["steps"]!.AsArray().Select(s => s!.AsObject()))
            {
                if (step.Remove("type", out var type)) step["step_type"] = type;
                if (step.Remove("config", out var config)) step["step_config"] = config;
            }

            return named;
        }
    }
}
