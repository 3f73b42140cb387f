using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Identity;

/// <summary>Makes people and puts them into workspaces.</summary>
internal sealed class Users(UserManager<StudioUser> manager, IStudioWriter writer, IdFactory ids)
{
    /// <summary>The longest name of a person.</summary>
    public const int MaxName = 120;

    /// <summary>Why a name is none, as one of <see cref="AccountProblems"/>; null when it is one.</summary>
    public static string? RefuseName(string? name) => string.IsNullOrWhiteSpace(name) ? AccountProblems.Name
        : name.Trim().Length > MaxName || name.Any(char.IsControl) ? AccountProblems.LongName
        : null;

    /// <summary>Whether nobody has an account yet.</summary>
    public async Task<bool> NoneAsync(CancellationToken cancellationToken) => await CountAsync(cancellationToken) == 0;

    /// <summary>How many accounts there are.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) => IdentityTables.CountAsync(manager.Users, cancellationToken);

    /// <summary>
    /// Makes an account in a workspace. Answers its id, or why not, one sentence per problem. Without a password nobody can sign in by one.
    /// </summary>
    public async Task<MadeUser> CreateAsync(NewUser user, Guid workspaceId, WorkspaceRole role, CancellationToken cancellationToken)
    {
        var made = await AddAsync(user);
        if (made.Problem is null) await JoinAsync(made.Id, workspaceId, role, cancellationToken);
        return made;
    }

    /// <summary>Makes an account that belongs to no workspace yet.</summary>
    public async Task<MadeUser> AddAsync(NewUser user)
    {
        if (RefuseName(user.Name) is { } wrong) return MadeUser.Refused(wrong);
        var account = new StudioUser
        { Id = user.Id ?? ids.New(), Name = user.Name.Trim(), UserName = user.Email, Email = user.Email, EmailConfirmed = true };
        var made = user.Password is null ? await manager.CreateAsync(account) : await manager.CreateAsync(account, user.Password);
        // the user name is the e-mail address: what Identity says of one it says of the other
        if (!made.Succeeded) return MadeUser.Refused([.. made.Errors.Where(e => !e.Code.Contains("UserName", StringComparison.Ordinal))]);
        return new MadeUser(account.Id, null);
    }

    /// <summary>As <see cref="CreateAsync"/>, for an account that may exist already.</summary>
    public async Task<MadeUser> EnsureAsync(NewUser user, Guid workspaceId, WorkspaceRole role, CancellationToken cancellationToken)
    {
        if (await manager.FindByEmailAsync(user.Email) is not { } account)
            return await CreateAsync(user, workspaceId, role, cancellationToken);
        await JoinAsync(account.Id, workspaceId, role, cancellationToken);
        return new MadeUser(account.Id, null);
    }

    /// <summary>The id of the account with this address; null when there is none.</summary>
    public async Task<Guid?> FindAsync(string email) => (await manager.FindByEmailAsync(email))?.Id;

    /// <summary>Whether there is an account with this id.</summary>
    public async Task<bool> IsThereAsync(Guid id) => await manager.FindByIdAsync(id.ToString()) is not null;

    private Task<int> JoinAsync(Guid userId, Guid workspaceId, WorkspaceRole role, CancellationToken cancellationToken) =>
        writer.WriteAsync(workspaceId, write => { WorkspaceStore.Join(write, workspaceId, userId, role); return 0; }, cancellationToken);
}

/// <summary>What makes an account.</summary>
internal sealed record NewUser(string Name, string Email, string? Password)
{
    /// <summary>The id, where it is known before there is the account.</summary>
    public Guid? Id { get; init; }
}

/// <summary>An account that was made, or why it was not.</summary>
/// <param name="Id">The account.</param>
/// <param name="Problem">Why not, in words for people.</param>
internal sealed record MadeUser(Guid Id, string? Problem)
{
    /// <summary>Why not, as one of <see cref="AccountProblems"/>.</summary>
    public string? Code { get; init; }

    public static MadeUser Refused(string code) => new(default, AccountProblems.Words(code)) { Code = code };

    public static MadeUser Refused(IReadOnlyList<IdentityError> errors) =>
        new(default, string.Join(' ', errors.Select(e => e.Description)))
        {
            Code = errors is [var first, ..] ? first.Code : AccountProblems.NotMade,
        };
}
