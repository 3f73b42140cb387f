using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>user create</c>, <c>connections set</c>, <c>seed</c>.</summary>
internal static class PeopleCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["user", "create"], "Makes an account; the password is read from standard input. A workspace that does not exist yet is made.", c => CommandServices.WithAsync(c, s => CreateUserAsync(c, s)))
        {
            Options = [new("email", "ADDRESS", "with which the person signs in"), new("name", "NAME", "what other people read"), Places.Workspace, new("role", "viewer|editor|owner", "owner when not given")],
        },
        new(["connections", "set"], "Connects an account elsewhere; its key is read from standard input and stored encrypted.", c => CommandServices.WithAsync(c, s => ConnectAsync(c, s)))
        {
            Options = [Places.Workspace, Places.Environment, new("kind", "ai", "what it is for"), new("endpoint", "URL", "where it is, for example https://api.example.com/v1"), new("model", "NAME", "the model to ask"), new("name", "N", "what people call it")],
        },
        new(["seed"], "Makes the demo workspace with practice data, its owner and the reference pipeline, where they are missing.", c => CommandServices.WithAsync(c, s => SeedAsync(c, s))),
    ];

    private static async Task<Refusal?> CreateUserAsync(CommandContext command, IServiceProvider services)
    {
        if (!command.Arguments.Needs("email", out var email, out var refusal) || !command.Arguments.Needs("name", out var name, out refusal)
            || !command.Arguments.Needs("workspace", out var slug, out refusal)) return refusal;
        if (!Enum.TryParse<WorkspaceRole>(command.Arguments["role"] ?? "owner", ignoreCase: true, out var role) || !Enum.IsDefined(role)) return new Refusal(2, "--role has to be viewer, editor or owner.");
        var password = await command.Input.ReadLineAsync(command.Stop);
        if (string.IsNullOrEmpty(password)) return new Refusal(2, "The password is read from standard input, and there was none.");
        var workspace = await services.GetRequiredService<WorkspaceStore>().FindAsync(slug, command.Stop) ?? await AddWorkspaceAsync(services, slug, command.Stop);
        var made = await services.GetRequiredService<Users>().CreateAsync(new NewUser(name, email, password), workspace.Id, role, command.Stop);
        if (made.Problem is { } problem) return new Refusal(1, problem);
        await command.Output.WriteLineAsync($"{name} <{email}> is {role.ToString().ToLowerInvariant()} of {workspace.Slug}.");
        return null;
    }

    private static async Task<WorkspaceRow> AddWorkspaceAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        var ids = services.GetRequiredService<IdFactory>();
        var row = WorkspaceNames.New(ids.New(), name, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await services.GetRequiredService<IStudioWriter>().WriteAsync(write => { WorkspaceStore.Add(write, row, ids); return 0; }, cancellationToken);
        return row;
    }

    private static async Task<Refusal?> ConnectAsync(CommandContext command, IServiceProvider services)
    {
        if (!Places.TryEnvironment(command, out var environment, out var refusal) || !command.Arguments.Needs("kind", out var kind, out refusal)
            || !command.Arguments.Needs("endpoint", out var endpoint, out refusal) || !command.Arguments.Needs("model", out var model, out refusal)) return refusal;
        if (kind != "ai") return new Refusal(2, "--kind has to be ai.");
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return new Refusal(2, "--endpoint has to be an http or https address.");
        var (workspace, unknown) = await Places.WorkspaceOf(command, services);
        if (workspace is null) return unknown;
        var secret = (await command.Input.ReadLineAsync(command.Stop))?.Trim();
        var settings = JsonSerializer.SerializeToElement(new { endpoint, model });
        var connection = new Connection(kind, command.Arguments["name"] ?? "Language model", settings, secret);
        var set = await services.GetRequiredService<SetConnection>().RunAsync(Places.CallerIn(workspace, environment), connection, command.Stop);
        if (!set.Ok) return Places.Refuse(set.Problem);
        await command.Output.WriteLineAsync($"{connection.Name} ({endpoint}, {model}) is connected to {workspace.Slug}, {environment.ToString().ToLowerInvariant()}{(string.IsNullOrEmpty(secret) ? ", without a key" : "")}.");
        return null;
    }

    private static async Task<Refusal?> SeedAsync(CommandContext command, IServiceProvider services)
    {
        if (await services.GetRequiredService<DemoSeed>().EnsureAsync(command.Stop) is { } problem) return new Refusal(1, problem);
        await command.Output.WriteLineAsync($"The workspace demo is there; its owner is {SignInEndpoints.DemoOwner}.");
        return null;
    }
}
