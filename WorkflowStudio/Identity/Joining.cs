using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity;

/// <summary>Joins a workspace by the link of an invitation: with a new account, or with the one that has its address.</summary>
internal sealed class Joining(
    IInvitations invitations, JoinWorkspace join, IPeople people, Users users, UserManager<StudioUser> accounts, TimeProvider clock)
{
    /// <summary>What a link is good for; null when it is no longer good, whatever the reason.</summary>
    public async Task<OpenInvitation?> ReadAsync(string? token, CancellationToken cancellationToken)
    {
        if (SecretLink.HashOf(token) is not { } hash) return null;
        if (await invitations.FindAsync(hash, clock.GetUtcNow(), cancellationToken) is not { } found) return null;
        if (await join.IntoAsync(found, cancellationToken) is not { } into) return null;
        return new OpenInvitation(found, into.Slug, into.Name, await people.FindAsync(found.Email, cancellationToken));
    }

    /// <summary>Joins with the account of the invitation's address. Answers null, or one of <see cref="AccountProblems"/>.</summary>
    public Task<string?> WithAccountAsync(OpenInvitation open, CancellationToken cancellationToken) => TakeAsync(
        open, async () => (await join.RunAsync(open.Invitation, open.Account!, cancellationToken)).Ok ? null : AccountProblems.Void,
        cancellationToken);

    /// <summary>Makes an account and joins with it. Answers the account, or why not.</summary>
    public async Task<MadeUser> AsNewAsync(OpenInvitation open, string? name, string? password, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(password)) return MadeUser.Refused(AccountProblems.Password);
        var made = MadeUser.Refused(AccountProblems.Void);
        await TakeAsync(open, async () => (made = await MakeAsync(open, name ?? "", password, cancellationToken)).Code, cancellationToken);
        return made;
    }

    private async Task<MadeUser> MakeAsync(OpenInvitation open, string name, string password, CancellationToken cancellationToken)
    {
        var made = await users.AddAsync(new NewUser(name, open.Invitation.Email, password));
        if (made.Problem is not null) return made;
        var person = new Person(made.Id, name.Trim(), open.Invitation.Email);
        if ((await join.RunAsync(open.Invitation, person, cancellationToken)).Ok) return made;
        // an account that belongs nowhere is of no use to anybody
        if (await accounts.FindByIdAsync(made.Id.ToString()) is { } account) await accounts.DeleteAsync(account);
        return MadeUser.Refused(AccountProblems.Void);
    }

    // of many who try at once one gets it, and gives it back when nothing came of it
    private async Task<string?> TakeAsync(OpenInvitation open, Func<Task<string?>> work, CancellationToken cancellationToken)
    {
        if (!await invitations.TakeAsync(open.Invitation.Id, clock.GetUtcNow(), cancellationToken)) return AccountProblems.Void;
        string? problem = AccountProblems.NotMade;
        try
        {
            return problem = await work();
        }
        finally
        {
            if (problem is not null) await invitations.ReturnAsync(open.Invitation.Id, CancellationToken.None);
        }
    }
}

/// <summary>An invitation with which somebody can join.</summary>
/// <param name="Invitation">What it says.</param>
/// <param name="Slug">The workspace's name in addresses.</param>
/// <param name="Workspace">Its name.</param>
/// <param name="Account">Who has an account with its address; null when nobody has.</param>
internal sealed record OpenInvitation(Invitation Invitation, string Slug, string Workspace, Person? Account);
