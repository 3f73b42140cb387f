using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Webhooks;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>
/// <c>webhooks list</c>, <c>add</c>, <c>remove</c>, <c>test</c>, <c>deliveries</c>, <c>resend</c>. What is to be sent is sent by the
/// server, except for a test.
/// </summary>
internal static class WebhookCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["webhooks", "list"], "Lists the endpoints that are told what happens, without their secrets.",
            c => CommandServices.WithAsync(c, s => ListAsync(c, s)))
        { Options = [Places.Workspace, Places.Environment] },
        new(["webhooks", "add"], "Adds an endpoint and prints its secret, alone on the last line. It is shown this once.",
            c => CommandServices.WithAsync(c, s => AddAsync(c, s)))
        {
            Options =
            [
                Places.Workspace, Places.Environment, new("url", "URL", "where it is; https, or a host that STUDIO_ALLOWED_HOSTS names"),
                new("events", "a,b", "what it hears of; everything of its dialect when not given"),
                new("dialect", "NAME", "services, sequences, documents, blocks or graph; services when not given"),
                new("description", "TEXT", "what people call it"),
            ],
        },
        new(["webhooks", "remove"], "Removes an endpoint, by the id that webhooks list shows. What was still to be sent is not.",
            c => CommandServices.WithAsync(c, s => RemoveAsync(c, s)))
        { Positional = "ID", Options = [Places.Workspace, Places.Environment] },
        new(["webhooks", "test"], "Sends an endpoint a test event at once, and says what came of it.",
            c => CommandServices.WithAsync(c, s => TestAsync(c, s)))
        { Positional = "ID", Options = [Places.Workspace, Places.Environment] },
        new(["webhooks", "deliveries"], "Lists the last 50 deliveries to an endpoint, newest first.",
            c => CommandServices.WithAsync(c, s => DeliveriesAsync(c, s)))
        {
            Positional = "ID",
            Options = [Places.Workspace, Places.Environment,
                new("state", "S", "pending, delivered, given_up or captured; all when not given")],
        },
        new(["webhooks", "resend"], "Sends a delivery once more, by the id that webhooks deliveries shows.",
            c => CommandServices.WithAsync(c, s => ResendAsync(c, s)))
        { Positional = "ID", Options = [Places.Workspace, Places.Environment] },
    ];

    private static Task<Refusal?> ListAsync(CommandContext command, IServiceProvider services) => WithCallerAsync(command, services,
        async (caller, place) =>
        {
            var all = await services.GetRequiredService<ListEndpoints>().RunAsync(caller, command.Stop);
            if (!all.Ok) return Places.Refuse(all.Problem);
            if (all.Value.Count == 0) await command.Output.WriteLineAsync($"{place} has no webhooks. webhooks add makes one.");
            foreach (var e in all.Value)
                await command.Output.WriteLineAsync($"{e.Id}  {Word(e.Dialect)}  {(e.IsOn ? "on" : "off")}  {e.Address}  "
                    + $"{string.Join(' ', e.Events)}{(e.OffReason is { } why ? $"  ({why})" : "")}");
            return null;
        });

    private static async Task<Refusal?> AddAsync(CommandContext command, IServiceProvider services)
    {
        if (!command.Arguments.Needs("url", out var url, out var refusal)) return refusal;
        if (!TryRead<WebhookDialect>(command.Arguments["dialect"] ?? "services", out var dialect))
            return new Refusal(2, "--dialect has to be services, sequences, documents, blocks or graph.");
        var events = command.Arguments["events"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return await WithCallerAsync(command, services, async (caller, place) =>
        {
            var endpoint = new NewEndpoint(dialect, url, events ?? WebhookEvents.Of(dialect))
            { Description = command.Arguments["description"] ?? "" };
            var made = await services.GetRequiredService<CreateEndpoint>().RunAsync(caller, endpoint, null, command.Stop);
            if (!made.Ok) return Refuse(made.Problem);
            await command.Output.WriteLineAsync($"Webhook {made.Value.Facts.Id} of {place}. Its secret is shown this once:");
            await command.Output.WriteLineAsync(made.Value.Secret);
            return null;
        });
    }

    private static Task<Refusal?> RemoveAsync(CommandContext command, IServiceProvider services) => WithIdAsync(command, services,
        async (caller, id) =>
        {
            var removed = await services.GetRequiredService<RemoveEndpoint>().RunAsync(caller, id, command.Stop);
            if (!removed.Ok) return Places.Refuse(removed.Problem);
            await command.Output.WriteLineAsync($"Webhook {id} is removed.");
            return null;
        });

    private static Task<Refusal?> TestAsync(CommandContext command, IServiceProvider services) => WithIdAsync(command, services,
        async (caller, id) =>
        {
            var tried = await services.GetRequiredService<TestEndpoint>().RunAsync(caller, id, cancellationToken: command.Stop);
            if (!tried.Ok) return Places.Refuse(tried.Problem);
            if (tried.Value.State == DeliveryState.GivenUp) return new Refusal(1, $"It did not arrive: {tried.Value.Problem}");
            await command.Output.WriteLineAsync(tried.Value.State == DeliveryState.Captured
                ? "It was kept: nothing leaves the sandbox."
                : string.Create(CultureInfo.InvariantCulture, $"It arrived: the answer was {tried.Value.StatusCode}."));
            return null;
        });

    private static async Task<Refusal?> DeliveriesAsync(CommandContext command, IServiceProvider services)
    {
        var state = default(DeliveryState);
        if (command.Arguments["state"] is { } text && !TryRead(text, out state))
            return new Refusal(2, "--state has to be pending, delivered, given_up or captured.");
        return await WithIdAsync(command, services, async (caller, id) =>
        {
            var page = await services.GetRequiredService<ListDeliveries>()
                .RunAsync(caller, id, command.Arguments["state"] is null ? null : state, null, 50, command.Stop);
            if (!page.Ok) return Places.Refuse(page.Problem);
            if (page.Value.Items.Count == 0) await command.Output.WriteLineAsync("There are no deliveries.");
            foreach (var d in page.Value.Items)
                await command.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{d.Id}  {d.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {Word(d.State)}  {d.Event}  tries: {d.Tries}{Detail(d)}"));
            return null;
        });
    }

    private static Task<Refusal?> ResendAsync(CommandContext command, IServiceProvider services) => WithIdAsync(command, services,
        async (caller, id) =>
        {
            var sent = await services.GetRequiredService<ResendDelivery>().RunAsync(caller, id, cancellationToken: command.Stop);
            if (!sent.Ok) return Places.Refuse(sent.Problem);
            await command.Output.WriteLineAsync($"{sent.Value.ShownId} is sent again by the server, within seconds while it runs.");
            return null;
        });

    private static Refusal Refuse(OperationProblem problem) => problem is OperationProblem.Invalid invalid
        ? new Refusal(1, $"{invalid.Message} {string.Join(' ', invalid.Problems.Select(p => $"{p.Path}: {p.Message}"))}")
        : Places.Refuse(problem);

    private static string Detail(DeliveryFacts d) =>
        (d.NextTryAt is { } next ? string.Create(CultureInfo.InvariantCulture, $"  next: {next:yyyy-MM-dd HH:mm:ss}Z") : "")
        + (d.Problem is { } problem ? $"  {problem}" : "");

    private static async Task<Refusal?> WithIdAsync(
        CommandContext command, IServiceProvider services, Func<Caller, Guid, Task<Refusal?>> work) =>
        Guid.TryParse(command.Arguments.Positional, out var id)
            ? await WithCallerAsync(command, services, (caller, _) => work(caller, id))
            : new Refusal(2, "The id is a UUID, as webhooks list and webhooks deliveries show it.");

    private static async Task<Refusal?> WithCallerAsync(
        CommandContext command, IServiceProvider services, Func<Caller, string, Task<Refusal?>> work)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal)) return refusal;
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        return await work(Places.CallerIn(workspace, environment), $"{workspace.Slug}, {environment.ToString().ToLowerInvariant()},");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{c}"))
            .ToLowerInvariant();

    private static bool TryRead<T>(string word, [NotNullWhen(true)] out T value)
        where T : struct, Enum
    {
        value = Enum.GetValues<T>().FirstOrDefault(v => Word(v) == word);
        return Word(value) == word;
    }
}
