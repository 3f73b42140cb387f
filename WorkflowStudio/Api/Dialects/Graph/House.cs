using System.Buffers;
using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>What a client asks before it does anything: whether its key is good, and what workflows can be made of.</summary>
internal sealed class GraphHouse(PingWorkspace ping, ReadStepTypes types) : IDialectEndpoints
{
    public IDialect Dialect => GraphDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/ping", PingWorkspace.Needs, call => call.ReadAsync(ping.RunAsync(call.Caller, call.Aborted), Pong));
        routes.Get("/node-types", ReadStepTypes.Needs, call => call.ReadAsync(Task.FromResult(types.Run(call.Caller)), Catalog));
    }

    private static ApiAnswer Pong(OpenedWorkspace opened)
    {
        var id = "practice_" + opened.Id.ToString("N", CultureInfo.InvariantCulture);
        var environment = opened.Environment == StudioEnvironment.Live ? "live" : "test";
        var stripe = opened.TakesPayments ? "connected" : "not_connected";
        var message = new PingMessage("success", "The key is valid.",
            new WorkspaceFact(id, opened.Name, opened.Name, environment, stripe, opened.Scopes));
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.PingMessage));
    }

    private static ApiAnswer Catalog(StepTypes all)
    {
        var buffer = new ArrayBufferWriter<byte>(32_768);
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing))
        {
            w.WriteStartObject();
            w.WriteString("status", "success");
            w.WriteStartArray("node_types");
            foreach (var type in all.Steps) Step(w, type);
            w.WriteEndArray();
            w.WriteStartArray("trigger_types");
            foreach (var type in all.Triggers)
            {
                w.WriteStartObject();
                w.WriteString("type", type.Type);
                w.WriteString("title", type.Title);
                w.WriteString("description", type.Description);
                w.WriteBoolean("names_event", type.NamesEvent);
                w.WriteBoolean("has_constraints", type.HasConstraints);
                Schema(w, "config_schema", type.Settings, true);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        return new ApiAnswer(StatusCodes.Status200OK, buffer.WrittenMemory);
    }

    private static void Step(Utf8JsonWriter w, NodeType type)
    {
        w.WriteStartObject();
        w.WriteString("type", type.Type);
        w.WriteString("title", type.Title);
        w.WriteString("description", type.Description);
        w.WriteString("group", JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Group.ToString()));
        w.WriteBoolean("is_available", !UnbuiltSteps.Contains(type));
        w.WriteBoolean("waits", type.Waits);
        w.WriteStartArray("ports");
        foreach (var port in type.Outputs) w.WriteStringValue(port.Id);
        w.WriteEndArray();
        w.WritePropertyName("example");
        JsonElement.Parse(type.Example).WriteTo(w);
        Schema(w, "config_schema", type.Settings, true);
        Schema(w, "output_schema", type.Output, false);
        w.WriteEndObject();
    }

    private static void Schema(Utf8JsonWriter w, string name, NodeSchema schema, bool expressions)
    {
        w.WritePropertyName(name);
        SchemaJson.Write(w, schema, expressions);
    }
}
