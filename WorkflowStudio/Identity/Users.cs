using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Identity;

/// <summary>Makes people and puts them into workspaces.</summary>
internal sealed class Users(UserManager<StudioUser> manager, IStudioWriter writer, IdFactory ids)
{
    /// <summary>Whether nobody has an account yet.</summary>
    public async Task<bool> NoneAsync(CancellationToken cancellationToken) => !await manager.Users.AnyAsync(cancellationToken);

    /// <summary>
    /// Makes an account in a workspace. Answers null, or why not, one sentence per problem. Without a password nobody can sign in by one.
    /// </summary>
    public async Task<string?> CreateAsync(NewUser user, Guid workspaceId, WorkspaceRole role, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(user.Name)) return "A name is needed.";
        var account = new StudioUser { Id = ids.New(), Name = user.Name.Trim(), UserName = user.Email, Email = user.Email, EmailConfirmed = true };
        var made = user.Password is null ? await manager.CreateAsync(account) : await manager.CreateAsync(account, user.Password);
        if (!made.Succeeded) return string.Join(' ', made.Errors.Select(e => e.Description));
        await writer.WriteAsync(write => { WorkspaceStore.Join(write, workspaceId, account.Id, role); return 0; }, cancellationToken);
        return null;
    }
}

/// <summary>What makes an account.</summary>
internal sealed record NewUser(string Name, string Email, string? Password);
