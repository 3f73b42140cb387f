using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Hosting.Commands;

/// <summary><c>user …</c>, <c>seed</c>.</summary>
internal static class PeopleCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new(["user", "create"], "Makes an account; the password is read from standard input. A workspace that does not exist yet is made.",
            c => CommandServices.WithAsync(c, s => CreateUserAsync(c, s)))
        {
            Options = [new("email", "ADDRESS", "with which the person signs in"), new("name", "NAME", "what other people read"),
                Places.Workspace, new("role", "viewer|operator|editor|admin|owner", "owner when not given")],
        },
        new(["user", "reset-link"], "Makes the link with which a person sets a new password: good once, for an hour.",
            c => CommandServices.WithAsync(c, s => ResetLinkAsync(c, s))) { Positional = "EMAIL" },
        new(["user", "code-off"], "Turns off the code from an app, for a person who has lost the phone and the recovery codes.",
            c => CommandServices.WithAsync(c, s => CodeOffAsync(c, s))) { Positional = "EMAIL" },
        new(["seed"], "Makes the demo workspace, a practice that has lived for two weeks, and its owner, where they are missing.",
            c => CommandServices.WithAsync(c, s => SeedAsync(c, s))),
    ];

    private static async Task<Refusal?> CreateUserAsync(CommandContext command, IServiceProvider services)
    {
        if (!command.Arguments.Needs("email", out var email, out var refusal) || !command.Arguments.Needs("name", out var name, out refusal)
            || !command.Arguments.Needs("workspace", out var slug, out refusal)) return refusal;
        if (!Enum.TryParse<WorkspaceRole>(command.Arguments["role"] ?? "owner", ignoreCase: true, out var role) || !Enum.IsDefined(role))
            return new Refusal(2, "--role has to be viewer, operator, editor, admin or owner.");
        var password = await command.Input.ReadLineAsync(command.Stop);
        if (string.IsNullOrEmpty(password)) return new Refusal(2, "The password is read from standard input, and there was none.");
        var workspace = await services.GetRequiredService<WorkspaceStore>().FindAsync(slug, command.Stop)
            ?? await AddWorkspaceAsync(services, slug, command.Stop);
        var made = await services.GetRequiredService<Users>()
            .CreateAsync(new NewUser(name, email, password), workspace.Id, role, command.Stop);
        if (made.Problem is { } problem) return new Refusal(1, problem);
        await command.Output.WriteLineAsync($"{name} <{email}> is {role.ToString().ToLowerInvariant()} of {workspace.Slug}.");
        return null;
    }

    private static async Task<WorkspaceRow> AddWorkspaceAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        var ids = services.GetRequiredService<IdFactory>();
        var row = WorkspaceNames.New(ids.New(), name, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await services.GetRequiredService<IStudioWriter>()
            .WriteAsync(write => { PracticeSetup.Add(write, row, ids); return 0; }, cancellationToken);
        return row;
    }

    private static async Task<Refusal?> ResetLinkAsync(CommandContext command, IServiceProvider services)
    {
        var email = command.Arguments.Positional!;
        if (await services.GetRequiredService<Users>().FindAsync(email) is not { } person) return Nobody(email);
        var made = await services.GetRequiredService<MakeResetLink>().ForServerAsync(person, command.Stop);
        await command.Output.WriteLineAsync(made.Link);
        return null;
    }

    private static async Task<Refusal?> CodeOffAsync(CommandContext command, IServiceProvider services)
    {
        var (email, users) = (command.Arguments.Positional!, services.GetRequiredService<UserManager<StudioUser>>());
        if (await users.FindByEmailAsync(email) is not { } account) return Nobody(email);
        if (!await OwnAccount.ForgetSecondStepAsync(users, account))
            return new Refusal(1, "The account was changed at the same time. Try again.");
        await command.Output.WriteLineAsync($"{email} signs in with the password alone.");
        return null;
    }

    private static Refusal Nobody(string email) => new(1, $"There is no account {email}. user create makes one.");

    private static async Task<Refusal?> SeedAsync(CommandContext command, IServiceProvider services)
    {
        if (await services.GetRequiredService<DemoSeed>().EnsureAsync(command.Output.WriteLine, command.Stop) is { } problem)
            return new Refusal(1, problem);
        await command.Output.WriteLineAsync($"The workspace demo is there; its owner is {SignInEndpoints.DemoOwner}.");
        return null;
    }
}
